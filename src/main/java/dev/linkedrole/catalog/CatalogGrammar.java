package dev.linkedrole.catalog;

import java.util.Optional;
import java.util.regex.Pattern;

/** Patterns that the texts of a catalog have to match. The published JSON Schema has the same. */
enum CatalogGrammar {
    /** Name of the catalog or of a kind of resource. */
    LABEL("\\S(?:.*\\S)?", "a name is one line of text"),
    SERVICE("[a-z0-9-]+", "a service has the letters a-z, digits and hyphens"),
    PRINCIPAL(
            "[a-z0-9-]+(?:\\.[a-z0-9-]+)+",
            "a principal is that of a service, such as connect.amazonaws.com, and no other"),
    FEATURE("[A-Za-z0-9][A-Za-z0-9._-]{0,63}", "a feature's name has up to 64 of the characters A-Z a-z 0-9 . _ -"),
    PARTITION("aws(?:-[a-z]+)*", "a partition is aws or begins with aws-"),
    REGION("[a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2}", "a region is written as us-west-2 is"),
    ACTION("[a-z0-9-]+:[A-Za-z0-9*?]+", "an action is SERVICE:ACTION, such as s3:GetObject"),
    /** Resource of a statement. */
    RESOURCE(
            "\\*|arn:(?:\\{partition\\}|aws[a-z-]*|\\*):[a-z0-9-]+:(?:[a-z0-9*?-]|\\{[a-z]+\\})*:(?:[a-z0-9*?]|\\{[a-z]+\\})*:(?:["
                    + " -z|~]|\\{[a-z]+\\}|\\$\\{[^{}]+\\})+",
            "a resource is * or an ARN, arn:{partition}:SERVICE:{region}:{account}:RESOURCE, with names like {bucket}"
                    + " in it"),
    /** ARN of a kind of resource; it is compared with the ARNs in events and so has no wildcards. */
    KIND_ARN(
            "arn:(?:\\{partition\\}|aws[a-z-]*):[a-z0-9-]+:(?:[a-z0-9-]|\\{[a-z]+\\})*:(?:[a-z0-9]|\\{[a-z]+\\})*:"
                    + "(?:[ -)+->@-z|~]|\\{[a-z]+\\})+",
            "a kind's ARN is arn:{partition}:SERVICE:{region}:{account}:RESOURCE, with names like {bucket} and without"
                    + " wildcards"),
    /** Service in the records of API calls. */
    EVENT_SOURCE(
            "[a-z0-9.-]+\\.[a-z0-9.-]+",
            "an event source is that of a service in CloudTrail, such as s3.amazonaws.com"),
    CALL("[A-Za-z0-9]+", "an API call has letters and digits"),
    PARAMETER(
            "(?:requestParameters|responseElements)(?:\\.[A-Za-z0-9]+)+",
            "a parameter is requestParameters.NAME or responseElements.NAME, with further names after dots"),
    PARAMETER_VALUE(
            "(?:[ -z|~]|\\{(?:region|account)\\})+",
            "a parameter's value is text, perhaps with {region} or {account} of the call in it"),
    /** Resource of a feature, made of an API call's parameters. */
    CALL_RESOURCE(
            "(?:[ -)+->@-z|~]|\\{(?:partition|region|account|instance|alias"
                    + "|(?:requestParameters|responseElements)(?:\\.[A-Za-z0-9]+)+)\\})+",
            "a resource of an API call is an ARN with {partition}, {region}, {account}, {instance}, {alias} or"
                    + " parameters, such as {requestParameters.Name}, in it"),
    OPERATOR(
            "(?:ForAllValues:|ForAnyValue:)?(?:String(?:Not)?(?:Equals(?:IgnoreCase)?|Like)"
                    + "|(?:Numeric|Date)(?:(?:Not)?Equals|(?:Less|Greater)Than(?:Equals)?)"
                    + "|Bool|BinaryEquals|(?:Not)?IpAddress|Arn(?:Not)?(?:Equals|Like))(?:IfExists)?|Null",
            "an operator is one of IAM's, such as StringEquals or ForAllValues:StringLikeIfExists"),
    CONDITION_KEY(
            "[A-Za-z0-9][A-Za-z0-9.-]*:[!-~](?:[ -~]*[!-~])?",
            "a condition key is PREFIX:NAME, such as aws:ResourceTag/team"),
    TEXT("[ -\u00ff]*", "a value is one line of text, as IAM takes it"),
    NUMBER("-?[0-9]+(?:\\.[0-9]+)?", "a value of a Numeric operator is a number"),
    DATE(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]+(?:Z|[+-][0-9]{2}:?[0-9]{2}))?|[0-9]+",
            "a value of a Date operator is a date, such as 2026-11-30T09:00:00Z, in quotes"),
    BOOLEAN("true|false|True|False", "a value of Bool and Null is true or false"),
    BINARY("[A-Za-z0-9+/]+={0,2}", "a value of BinaryEquals is in base64"),
    ADDRESS(
            "[0-9a-fA-F:.]+(?:/[0-9]{1,3})?",
            "a value of an IpAddress operator is an address or a range, such as 203.0.113.0/24"),
    ARN("\\*|\\$\\{[^{}]+\\}|arn:(?:[^:]*:){4}.+", "a value of an Arn operator is an ARN");

    /** Maximum length of a text: that of IAM's longest ARN. */
    static final int MAX_LENGTH = 2048;

    private final Pattern pattern;
    private final String expected;

    CatalogGrammar(String pattern, String expected) {
        this.pattern = Pattern.compile(pattern);
        this.expected = expected;
    }

    /** Regular expression, as in the schema. */
    String pattern() {
        return "^(?:" + pattern.pattern() + ")$";
    }

    /** Returns the form that a text fails to match; empty if it matches. */
    Optional<String> objection(String text) {
        return text.length() <= MAX_LENGTH && pattern.matcher(text).matches()
                ? Optional.empty()
                : Optional.of(expected);
    }

    /** Returns the form of the values that a condition operator takes. */
    static CatalogGrammar ofValues(String operator) {
        String base = operator.substring(operator.indexOf(':') + 1).replace("IfExists", "");
        return switch (base) {
            case "Bool", "Null" -> BOOLEAN;
            case "BinaryEquals" -> BINARY;
            case "IpAddress", "NotIpAddress" -> ADDRESS;
            default -> ofFamily(base);
        };
    }

    private static CatalogGrammar ofFamily(String base) {
        if (base.startsWith("Numeric")) {
            return NUMBER;
        }
        if (base.startsWith("Date")) {
            return DATE;
        }
        return base.startsWith("Arn") ? ARN : TEXT;
    }
}
