package dev.linkedrole.connect.aws;

import software.amazon.awssdk.http.SdkHttpResponse;

/** An answer with its whole body. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record HttpAnswer(SdkHttpResponse head, byte[] body) {

    boolean isSuccess() {
        return head.isSuccessful();
    }
}
