package dev.linkedrole.connect;

/** Versions of Amazon Lex, by Amazon Connect's names. */
public enum LexVersion {
    V1,
    V2
}
