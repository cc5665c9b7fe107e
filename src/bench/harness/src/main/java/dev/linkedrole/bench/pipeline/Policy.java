package dev.linkedrole.bench.pipeline;

import java.util.Collection;
import java.util.stream.Collectors;

/** The permissions of the role in this benchmark, as a string put together by hand. */
final class Policy {

    static final String NAME = "permissions";

    static final String TRUST =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
                    + "\"connect.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}";

    private static final String BASE = "{\"Version\":\"2012-10-17\",\"Statement\":["
            + "{\"Sid\":\"Connect\",\"Effect\":\"Allow\",\"Action\":\"connect:*\",\"Resource\":\"*\"},"
            + "{\"Sid\":\"Lex\",\"Effect\":\"Allow\",\"Action\":[\"lex:ListBots\",\"lex:ListBotAliases\"],\"Resource\":\"*\"},"
            + "{\"Sid\":\"Metrics\",\"Effect\":\"Allow\",\"Action\":\"cloudwatch:PutMetricData\",\"Resource\":\"*\",\"Condition\":"
            + "{\"StringEquals\":{\"cloudwatch:namespace\":\"AWS/Connect\"}}}";

    private Policy() {}

    /** With recordings in these buckets. */
    static String of(Collection<String> buckets) {
        if (buckets.isEmpty()) {
            return BASE + "]}";
        }
        return BASE
                + ",{\"Sid\":\"Objects\",\"Effect\":\"Allow\",\"Action\":[\"s3:GetObject\",\"s3:GetObjectAcl\",\"s3:PutObject\","
                + "\"s3:PutObjectAcl\",\"s3:DeleteObject\"],\"Resource\":["
                + buckets.stream().map(bucket -> "\"" + bucket + "/*\"").collect(Collectors.joining(","))
                + "]},{\"Sid\":\"Buckets\",\"Effect\":\"Allow\",\"Action\":[\"s3:GetBucketLocation\",\"s3:GetBucketAcl\"],\"Resource\":["
                + buckets.stream().map(bucket -> "\"" + bucket + "\"").collect(Collectors.joining(","))
                + "]}]}";
    }
}
