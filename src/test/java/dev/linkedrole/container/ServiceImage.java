package dev.linkedrole.container;

import java.util.List;

/**
 * The image under test, and what the documentation says of it.
 *
 * @param name its name and tag
 * @param memoryMegabytes the limit that it is made for
 * @param sizeMegabytes how large it is at most
 * @param healthProbe the command of its health check
 */
record ServiceImage(String name, int memoryMegabytes, int sizeMegabytes, List<String> healthProbe) {

    /** The image that {@code -Dimage} and {@code -Dimage.kind} name. */
    static ServiceImage underTest() {
        String kind = System.getProperty("image.kind", "jvm");
        String name = System.getProperty("image", "linked-role-controller:" + kind);
        return kind.equals("native")
                ? new ServiceImage(name, 128, 150, List.of("linked-role-controller", "health"))
                : new ServiceImage(
                        name,
                        384,
                        300,
                        List.of(
                                "java",
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx8m",
                                "-cp",
                                "quarkus-run.jar",
                                "dev.linkedrole.Main",
                                "health"));
    }

    boolean isNative() {
        return healthProbe.size() == 2;
    }

    /** A value of its configuration. */
    String inspect(String template) {
        return Docker.run("image", "inspect", "--format", template, name);
    }
}
