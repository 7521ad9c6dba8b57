package dev.posthouse.client.ymp.command;

/** What strangers wrote, so that it cannot steer a terminal. */
final class PlainText {

    private PlainText() {}

    static String of(String text) {
        return text.replaceAll("\\p{C}", "?");
    }
}
