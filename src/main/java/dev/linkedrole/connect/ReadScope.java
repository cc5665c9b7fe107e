package dev.linkedrole.connect;

import java.util.List;
import java.util.Set;

/**
 * The settings of an instance to read. Each costs requests, of which there are few a second.
 *
 * @param storage types of stored data, by Amazon Connect's names
 * @param bots versions of Amazon Lex
 * @param integrations true if integrations are read
 * @param attributes true if attributes are read
 */
public record ReadScope(Set<String> storage, Set<LexVersion> bots, boolean integrations, boolean attributes) {

    /** All types of stored data that Amazon Connect has. */
    public static final List<String> STORAGE = List.of(
            "AGENT_EVENTS",
            "ATTACHMENTS",
            "CALL_RECORDINGS",
            "CHAT_TRANSCRIPTS",
            "CONTACT_EVALUATIONS",
            "CONTACT_TRACE_RECORDS",
            "EMAIL_MESSAGES",
            "MEDIA_STREAMS",
            "REAL_TIME_CONTACT_ANALYSIS_CHAT_SEGMENTS",
            "REAL_TIME_CONTACT_ANALYSIS_SEGMENTS",
            "REAL_TIME_CONTACT_ANALYSIS_VOICE_SEGMENTS",
            "SCHEDULED_REPORTS",
            "SCREEN_RECORDINGS");

    /** All settings that there are. */
    public static final ReadScope ALL =
            new ReadScope(Set.copyOf(STORAGE), Set.of(LexVersion.V1, LexVersion.V2), true, true);

    /** Pages of the attributes: there are 14 of them, and at most seven on a page. */
    private static final int ATTRIBUTE_PAGES = 2;

    public ReadScope {
        storage = Set.copyOf(storage);
        bots = Set.copyOf(bots);
    }

    /** Returns the requests that an instance takes, as long as each other list has no second page. */
    public int requests() {
        return 1 + storage.size() + bots.size() + (integrations ? 1 : 0) + (attributes ? ATTRIBUTE_PAGES : 0);
    }
}
