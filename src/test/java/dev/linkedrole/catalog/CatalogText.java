package dev.linkedrole.catalog;

/** A small catalog, to be spoilt in the tests. */
final class CatalogText {

    static final String LIGHTHOUSE = """
            name: lighthouse
            service: lighthouse
            principal: lighthouse.example.com
            description: Keeps ships off the rocks.
            base:
              - sid: Watch
                actions: [sea:Watch]
                resources: ["*"]
            features:
              beacon:
                resources:
                  - kind: lamp
                    arn: arn:{partition}:lamps:{region}:{account}:lamp/{lamp}
                    where:
                      lamp: "[a-z]+"
                    statements:
                      - sid: Lamps
                        actions: [lamps:Light, lamps:Douse]
                        resources: ["arn:{partition}:lamps:{region}:{account}:lamp/{lamp}"]
              fog-horn:
                withoutResource:
                  - sid: Horn
                    actions: [horns:Blow]
                    resources: ["arn:{partition}:horns:{region}:{account}:horn/{instance}"]
                    conditions:
                      StringEquals:
                        horns:weather: fog
            """;

    private CatalogText() {}
}
