package dev.linkedrole.connect;

/** A bot of Amazon Lex that an instance may use. */
public sealed interface Bot {

    /**
     * A bot of Lex V1.
     *
     * @param region the bot's region, which may be another than the instance's
     */
    record LexV1(String name, String region) implements Bot {}

    /**
     * A bot of Lex V2.
     *
     * @param aliasArn ARN of the bot's alias
     */
    record LexV2(String aliasArn) implements Bot {}
}
