package tatara.cli;

import picocli.CommandLine;

/** Reads ports: 0, which means a free one, to 65535. */
final class Ports implements CommandLine.ITypeConverter<Integer> {
    private static final int LAST = 65_535;

    @Override
    public Integer convert(String text) {
        try {
            int port = Integer.parseInt(text.trim());
            if (port >= 0 && port <= LAST) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw refused(text);
        }
        throw refused(text);
    }

    private static CommandLine.TypeConversionException refused(String text) {
        return new CommandLine.TypeConversionException("port: " + text + " (expected: 0 to " + LAST + ")");
    }
}
