package dev.linkedrole.connect.aws;

/** Main class that prints the endpoints of regions, one a line, as its own environment configures them. */
final class RegionalEndpoints {

    private RegionalEndpoints() {}

    public static void main(String[] regions) {
        for (String region : regions) {
            System.out.println(ConnectClient.configuredEndpoints().apply(region));
        }
    }
}
