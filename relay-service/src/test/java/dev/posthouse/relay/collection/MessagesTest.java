package dev.posthouse.relay.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MessagesTest {

    private final Messages messages = new Messages();

    @Test
    void putsFramesTogether() throws Messages.TooLong {
        assertThat(messages.add(new byte[] {1, 2}, false)).isEmpty();
        assertThat(messages.add(new byte[0], false)).isEmpty();
        assertThat(messages.add(new byte[] {3}, true)).hasValue(new byte[] {1, 2, 3});
        assertThat(messages.add(new byte[] {4}, true)).hasValue(new byte[] {4});
    }

    @Test
    void takesTheLongestMessageAndNoneThatIsLonger() throws Messages.TooLong {
        assertThat(messages.add(new byte[Messages.MOST_OCTETS], true)).isPresent();
        assertThat(messages.add(new byte[Messages.MOST_OCTETS], false)).isEmpty();

        assertThatThrownBy(() -> messages.add(new byte[1], true))
                .isInstanceOf(Messages.TooLong.class);
        assertThatThrownBy(() -> messages.add(new byte[Messages.MOST_OCTETS + 1], false))
                .isInstanceOf(Messages.TooLong.class);
    }
}
