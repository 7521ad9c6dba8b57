package dev.posthouse.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings table of a service's README against its {@code …Config}: the same rows, in the same
 * order, with the same defaults. A row begins <code>| `proxy.mode` | `lan` |</code>; a setting
 * without a default says {@code required} or, when it is optional, {@code none}.
 */
public final class SettingsTable {

    private static final Pattern ROW = Pattern.compile("\\| `([a-z0-9.-]+)` \\| ([^|]+) \\|.*");

    /** What need not be there: a map holds what is, under names of the operator's choice. */
    private static final Set<Class<?>> OPTIONAL = Set.of(Optional.class, Map.class);

    private SettingsTable() {}

    /**
     * @param prefix of the settings, such as {@code proxy}
     * @param settings the {@code @ConfigMapping} interface
     */
    public static void check(Path readme, String prefix, Class<?> settings) {
        List<String> documented = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(readme)) {
                Matcher row = ROW.matcher(line);
                if (row.matches() && row.group(1).startsWith(prefix + ".")) {
                    documented.add(row.group(1) + " = " + row.group(2).strip().replace("`", ""));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }

        assertThat(documented).containsExactlyElementsOf(rows(prefix, settings));
    }

    private static List<String> rows(String prefix, Class<?> settings) {
        List<String> rows = new ArrayList<>();
        for (String name : declared(settings)) {
            Method setting = method(settings, name);
            String key = prefix + "." + kebab(name);
            if (setting.getReturnType().isInterface()
                    && setting.getReturnType().getEnclosingClass() != null) {
                rows.addAll(rows(key, setting.getReturnType()));
            } else {
                rows.add(key + " = " + standard(setting));
            }
        }
        return rows;
    }

    /** In the order of the source, which reflection does not promise. */
    private static List<String> declared(Class<?> type) {
        String file = "/" + type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            return ClassFile.of().parse(in.readAllBytes()).methods().stream()
                    .map(MethodModel::methodName)
                    .map(name -> name.stringValue())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Method method(Class<?> type, String name) {
        try {
            return type.getDeclaredMethod(name);
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** By name: this kit knows nothing of the services' configuration library. */
    private static String standard(Method setting) {
        for (var annotation : setting.getAnnotations()) {
            if (annotation.annotationType().getSimpleName().equals("WithDefault")) {
                try {
                    return (String)
                            annotation.annotationType().getMethod("value").invoke(annotation);
                } catch (ReflectiveOperationException impossible) {
                    throw new IllegalStateException(impossible);
                }
            }
        }
        return OPTIONAL.contains(setting.getReturnType()) ? "none" : "required";
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
