package dev.posthouse.e2e;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a PromQL expression reads. Understands the part of the language that the chart's files use,
 * and refuses the rest; precedence does not matter for what is read.
 */
final class PromQl {

    private static final Pattern TOKEN =
            Pattern.compile(
                    "\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|\\[[^\\]]*]|[0-9.]+[smhdwy]?|[A-Za-z_:][\\w:]*|[=!<>]=|[=!]~|\\S)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_:][\\w:]*");
    private static final Set<String> AGGREGATIONS = Set.of("sum", "max", "min", "count", "avg");
    private static final Set<String> FUNCTIONS =
            Set.of(
                    "rate",
                    "increase",
                    "delta",
                    "histogram_quantile",
                    "absent",
                    "max_over_time",
                    "time");
    private static final Set<String> OPERATORS =
            Set.of("+", "-", "*", "/", "==", "!=", "<", ">", "<=", ">=", "and", "or", "unless");

    private final List<String> tokens = new ArrayList<>();
    private final List<Selector> selectors = new ArrayList<>();
    private final Set<String> groupings = new HashSet<>();
    private int next;

    /**
     * A metric that is read.
     *
     * @param metric its name
     * @param matchers what its labels must be
     */
    record Selector(String metric, List<LabelMatcher> matchers) {}

    /**
     * A condition on a label.
     *
     * @param label its name
     * @param value what it is compared with; a regular expression after {@code =~}
     */
    record LabelMatcher(String label, String value) {}

    private PromQl(String expression) {
        Matcher matcher = TOKEN.matcher(expression.strip());
        while (matcher.lookingAt()) {
            tokens.add(matcher.group(1));
            matcher.region(matcher.end(), matcher.regionEnd());
        }
    }

    static PromQl parse(String expression) {
        PromQl parsed = new PromQl(expression);
        parsed.expression();
        if (parsed.next < parsed.tokens.size()) {
            throw parsed.unexpected();
        }
        return parsed;
    }

    List<Selector> selectors() {
        return List.copyOf(selectors);
    }

    /** The labels after {@code by} and {@code on}. */
    Set<String> groupings() {
        return Set.copyOf(groupings);
    }

    private void expression() {
        operand();
        while (OPERATORS.contains(peek())) {
            take();
            if (peek().equals("on")) {
                take();
                labels();
            }
            operand();
        }
    }

    private void operand() {
        String token = take();
        if (token.equals("(")) {
            expression();
            expect(")");
        } else if (AGGREGATIONS.contains(token)) {
            if (peek().equals("by")) {
                take();
                labels();
            }
            arguments();
        } else if (FUNCTIONS.contains(token)) {
            arguments();
        } else if (NAME.matcher(token).matches() && !peek().equals("(")) {
            selector(token);
        } else if (!token.matches("[0-9.]+")) {
            next--;
            throw unexpected();
        }
    }

    private void arguments() {
        expect("(");
        while (!peek().equals(")")) {
            expression();
            if (!peek().equals(")")) {
                expect(",");
            }
        }
        expect(")");
    }

    private void selector(String metric) {
        List<LabelMatcher> matchers = new ArrayList<>();
        if (peek().equals("{")) {
            take();
            while (!peek().equals("}")) {
                String label = name();
                if (!Set.of("=", "!=", "=~", "!~").contains(take())) {
                    next--;
                    throw unexpected();
                }
                String value = take();
                matchers.add(new LabelMatcher(label, value.substring(1, value.length() - 1)));
                if (!peek().equals("}")) {
                    expect(",");
                }
            }
            expect("}");
        }
        if (peek().startsWith("[")) {
            if (!take().matches("\\[([0-9]+[smhdwy]|\\$__rate_interval)]")) {
                next--;
                throw unexpected();
            }
        }
        if (peek().equals("offset")) {
            take();
            take();
        }
        selectors.add(new Selector(metric, List.copyOf(matchers)));
    }

    private void labels() {
        expect("(");
        while (!peek().equals(")")) {
            groupings.add(name());
            if (!peek().equals(")")) {
                expect(",");
            }
        }
        expect(")");
    }

    private String name() {
        String token = take();
        if (!NAME.matcher(token).matches()) {
            next--;
            throw unexpected();
        }
        return token;
    }

    private String peek() {
        return next < tokens.size() ? tokens.get(next) : "";
    }

    private String take() {
        if (next == tokens.size()) {
            throw unexpected();
        }
        return tokens.get(next++);
    }

    private void expect(String token) {
        if (!take().equals(token)) {
            next--;
            throw unexpected();
        }
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException(
                "'%s' after %s"
                        .formatted(
                                peek(),
                                String.join(" ", tokens.subList(Math.max(0, next - 8), next))));
    }
}
