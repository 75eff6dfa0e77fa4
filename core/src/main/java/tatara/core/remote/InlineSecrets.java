package tatara.core.remote;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/** Finds credentials that stand in a location themselves, where only references to them may stand. */
public final class InlineSecrets {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:");
    private static final Pattern USER = Pattern.compile("^([A-Za-z][A-Za-z0-9+.:-]*//)([^/?#]*:[^/?#]*)@");
    private static final Pattern WEB_USER = Pattern.compile("^(?i:(https?:/+))([^/?#]*)@");
    private static final Pattern PAIR = Pattern.compile("([?&#;])([^=&#?;]+)=([^&#;]*)");
    private static final Set<String> NAMES = Set.of(
            "sig",
            "sas",
            "key",
            "token",
            "password",
            "passwd",
            "pwd",
            "pass",
            "secret",
            "bearer",
            "credentials",
            "authorization",
            "connectionstring",
            "accesskey",
            "accesskeyid",
            "awsaccesskeyid",
            "auth",
            "signedquery");
    private static final Pattern ENDINGS = Pattern.compile(
            ".*(signature|token|secret|secretkey|password|apikey|accesskey|accountkey|sharedkey|credential)");
    private static final Pattern REFERENCE = Pattern.compile("(env|file|vault):.*", Pattern.DOTALL);

    /** What a shorter value named {@code key} holds is a word. */
    private static final int SHORTEST_KEY = 16;

    private InlineSecrets() {}

    /** Whether a text has the form of a reference, see {@link tatara.core.port.Secrets}. */
    public static boolean isReference(String text) {
        return REFERENCE.matcher(text).matches();
    }

    /** @throws TataraException {@link RemoteErrorCode#SECRET_IN_LOCATION}, which shows what to write instead and no secret */
    public static void refuse(String location) {
        if (!SCHEME.matcher(location).lookingAt()) {
            return;
        }
        if (USER.matcher(location).find() || WEB_USER.matcher(location).find()) {
            throw refused("the location holds a user or a password", location, "user=NAME&password=env:NAME");
        }
        Matcher pairs = PAIR.matcher(location);
        while (pairs.find()) {
            if (isSecret(pairs.group(2), pairs.group(3))) {
                throw refused(
                        "the location holds the value of " + pairs.group(2), location, pairs.group(2) + "=env:NAME");
            }
        }
    }

    /** The location with {@code …} in the place of every credential. */
    public static String hidden(String location) {
        String withoutPassword = USER.matcher(location).replaceAll("$1…@");
        String withoutUser = WEB_USER.matcher(withoutPassword).replaceAll("$1…@");
        return PAIR.matcher(withoutUser)
                .replaceAll(pair -> Matcher.quoteReplacement(
                        isSecret(pair.group(2), pair.group(3)) ? pair.group(1) + pair.group(2) + "=…" : pair.group()));
    }

    private static boolean isSecret(String name, String value) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        boolean word = plain.equals("key") && value.length() < SHORTEST_KEY;
        return !value.isEmpty()
                && !isReference(value)
                && !word
                && (NAMES.contains(plain) || ENDINGS.matcher(plain).matches());
    }

    private static TataraException refused(String what, String location, String instead) {
        return new TataraException(
                RemoteErrorCode.SECRET_IN_LOCATION,
                Fault.of(what)
                        .at(hidden(location))
                        .expecting("a reference: env:NAME, file:/PATH or vault:PATH#FIELD, such as " + instead)
                        .todo(
                                "Put the credential into an environment variable or a file, and name that in the location"));
    }
}
