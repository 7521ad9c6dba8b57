package dev.posthouse.bench.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class StockTest {

    @Test
    void hasTheBodiesOfOnePhase() {
        Stock stock = new Stock(item -> String.valueOf(item).getBytes(StandardCharsets.US_ASCII));

        stock.fill(0, 3);
        stock.fill(3, 2);

        assertThat(stock.of(3)).hasToString("3");
        assertThat(stock.of(4)).hasToString("4");
        assertThatThrownBy(() -> stock.of(2)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
