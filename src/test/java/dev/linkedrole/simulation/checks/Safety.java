package dev.linkedrole.simulation.checks;

import dev.linkedrole.iammodel.SeenRole;
import dev.linkedrole.intake.consumer.ReceivedMessage;
import dev.linkedrole.ledger.pauses.PauseWatch;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.state.ActualRole;
import dev.linkedrole.simulation.world.Cloud;
import dev.linkedrole.simulation.world.CrashingProcess;
import dev.linkedrole.simulation.world.HistoryRows;
import dev.linkedrole.simulation.world.InstanceLife;
import dev.linkedrole.simulation.world.ModelService;
import dev.linkedrole.simulation.world.Setting;
import dev.linkedrole.simulation.world.World;
import dev.linkedrole.testing.iam.Permission;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Conditions that must hold at every moment, whatever the faults are. Checked after each call that has changed
 * something.
 */
public final class Safety implements CallObserver {

    private final World world;
    private final Cloud cloud;
    private final Setting setting;
    private final Function<String, Optional<RoleEvent>> decoder;
    private final Function<InstanceLife, Collection<RoleEvent>> recorded;

    /** The roles of others as their owners left them. */
    private final Map<RoleName, SeenRole> foreign = new HashMap<>();

    /** Policies written into roles by hand. */
    private final Set<String> handwritten = new HashSet<>();

    /** Permissions of each role at the loss of the ledger. */
    private final Map<InstanceLife, Set<Permission>> floor = new HashMap<>();

    /** The time from which no replica may begin a write to a role, until its pause ends. */
    private final Map<InstanceLife, Instant> paused = new HashMap<>();

    private boolean restored;
    private boolean word;

    private final Map<String, Set<Permission>> read = new HashMap<>();
    private final Map<InstanceLife, Allowed> allowed = new HashMap<>();
    private @Nullable String violation;

    private record Allowed(int recorded, Set<Permission> permissions) {}

    public Safety(World world, Cloud cloud, Setting setting, Function<String, Optional<RoleEvent>> decoder) {
        this(
                world,
                cloud,
                setting,
                decoder,
                life -> life.those(cloud.table.events(life.instance().id())));
    }

    /** @param recorded the recorded events of an instance */
    public Safety(
            World world,
            Cloud cloud,
            Setting setting,
            Function<String, Optional<RoleEvent>> decoder,
            Function<InstanceLife, Collection<RoleEvent>> recorded) {
        this.recorded = recorded;
        this.world = world;
        this.cloud = cloud;
        this.setting = setting;
        this.decoder = decoder;
    }

    public Optional<String> violation() {
        return Optional.ofNullable(violation);
    }

    public void violated(String what) {
        world.trace.say("SAFETY", what);
        if (violation == null) {
            violation = what;
        }
    }

    @Override
    public void tookEffect(CrashingProcess process, ModelService service, String operation) {
        if (service == ModelService.IAM && !operation.startsWith("Get") && !operation.startsWith("List")) {
            look();
        }
    }

    /** Checks that IAM has no excess permission. */
    public void look() {
        setting.lives().forEach(life -> {
            look(life, life.roleName());
            look(life, life.otherName());
            lookAtFloor(life);
        });
    }

    private void look(InstanceLife life, RoleName name) {
        Optional<SeenRole> role = cloud.iam.role(name.value());
        @Nullable SeenRole others = foreign.get(name);
        if (others != null) {
            if (!role.equals(Optional.of(others))) {
                violated("the role " + name + " is somebody else's and was changed");
            }
        } else if (role.isPresent()) {
            if (!name.equals(life.roleName(cloud))) {
                violated("there is a role " + name + " beside the one that is recorded, " + life.roleName(cloud));
            }
            look(life, role.get());
        }
    }

    /** Begins the time after a loss of the ledger, in which roles may not lose permissions that they have. */
    public void ledgerLost(boolean isRestored) {
        restored = isRestored;
        allowed.clear();
        setting.lives().stream()
                .filter(life -> !isForeign(life.roleName()))
                .forEach(life -> floor.put(life, permissions(life)));
    }

    /** Ends that time: an operator has confirmed the ledger. */
    public void ledgerIsConfirmed() {
        word = true;
    }

    /** Returns the permissions of an instance's role; none if there is no role. */
    public Set<Permission> permissions(InstanceLife life) {
        Set<Permission> all = new HashSet<>();
        cloud.iam
                .role(life.roleName(cloud).value())
                .ifPresent(role -> documents(role).forEach(document -> all.addAll(permissions(document))));
        return all;
    }

    private void lookAtFloor(InstanceLife life) {
        Set<Permission> had = floor.getOrDefault(life, Set.of());
        if (!word && !had.isEmpty() && mustStay(life) && !permissions(life).containsAll(had)) {
            Set<Permission> lost = new HashSet<>(had);
            lost.removeAll(permissions(life));
            violated("the role " + life.roleName(cloud) + " has lost what is not recorded: " + lost);
        }
    }

    /**
     * True while a role must keep its permissions: after a loss its record is complete only once the role was found to
     * grant no more.
     */
    private boolean mustStay(InstanceLife life) {
        return cloud.table
                .load(life.instance().id())
                .filter(record -> record.role().deleted()
                        || (!restored && record.applied().isPresent()))
                .isEmpty();
    }

    private void look(InstanceLife life, SeenRole role) {
        if (!isOurs(life, role)) {
            violated("the role " + life.roleName(cloud) + " does not say whose it is");
        }
        Set<Permission> most = new HashSet<>(allowed(life));
        most.addAll(floor.getOrDefault(life, Set.of()));
        documents(role).filter(document -> !handwritten.contains(document)).forEach(document -> {
            if (!most.containsAll(permissions(document))) {
                Set<Permission> more = new HashSet<>(permissions(document));
                more.removeAll(most);
                violated("the role " + life.roleName(cloud) + " may do what was never recorded: " + more);
            }
        });
    }

    /**
     * True if the role is ours by its tags; a new service-linked role has no tags, but our marker in its description.
     */
    private boolean isOurs(InstanceLife life, SeenRole role) {
        return new ActualRole.Present(
                        role.arn(),
                        role.created(),
                        role.description(),
                        role.trust(),
                        role.tags(),
                        role.boundary(),
                        role.inline(),
                        new TreeSet<>(role.attached().keySet()))
                .isOurs(setting.roles().ownershipTags(life.instance()));
    }

    static Stream<String> documents(SeenRole role) {
        return Stream.concat(role.inline().values().stream(), role.attached().values().stream())
                .filter(document -> !document.isEmpty());
    }

    public Set<Permission> permissions(String document) {
        return read.computeIfAbsent(document, Permission::allowedBy);
    }

    private Set<Permission> allowed(InstanceLife life) {
        Set<EventId> ids = cloud.table.events(life.instance().id());
        Allowed known = allowed.get(life);
        if (known == null || known.recorded() != ids.size()) {
            known = new Allowed(ids.size(), HistoryRows.everGranted(recorded.apply(life)));
            allowed.put(life, known);
        }
        return known.permissions();
    }

    /** Checks that a message is deleted only after its event was recorded, or rejected and copied. */
    public void deleted(ReceivedMessage delivery) {
        boolean recorded = decoder.apply(delivery.body())
                .filter(event -> cloud.table.events(event.instance().id()).contains(event.eventId()))
                .isPresent();
        if (!recorded && !cloud.queue.isDead(delivery.id())) {
            violated("the message " + delivery.id() + " is deleted, and its event neither recorded nor refused");
        }
    }

    /** Notes that a foreign role with this name was changed. */
    public void foreign(RoleName name) {
        cloud.iam.role(name.value()).ifPresentOrElse(role -> foreign.put(name, role), () -> foreign.remove(name));
    }

    public boolean isForeign(RoleName name) {
        return foreign.containsKey(name);
    }

    public Collection<RoleName> foreign() {
        return foreign.keySet().stream()
                .sorted((a, b) -> a.value().compareTo(b.value()))
                .toList();
    }

    /** Notes that a pause of some roles was stored. */
    public void paused(Collection<InstanceLife> lives) {
        Instant everywhere = world.time.instant().plus(PauseWatch.MAX_AGE);
        lives.forEach(life -> paused.put(life, everywhere));
    }

    /** Notes that all pauses end. */
    public void pausesEnd() {
        paused.clear();
    }

    /** Checks that a role is not paused, as every replica knows by now. */
    public void beginsWrite(RoleName name) {
        paused.forEach((life, since) -> {
            if (life.instance().id().hex().equals(name.digits())
                    && world.time.instant().isAfter(since)) {
                violated("the role " + name + " is written, although every replica knows that it is paused");
            }
        });
    }

    public void handwritten(String document) {
        handwritten.add(document);
    }
}
