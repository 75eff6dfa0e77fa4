package tatara.data.change;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What is followed, told apart from how it is reached: the location without user, credentials and names of the server's own. */
final class FollowedSource {
    private static final Set<String> OWN = Set.of("slot", "publication", "sslmode");

    private FollowedSource() {}

    static String of(String given) {
        String location = given.replaceFirst("^([^/?]*//)[^/@?]*@", "$1");
        int question = location.indexOf('?');
        if (question < 0) {
            return location;
        }
        String kept = Arrays.stream(location.substring(question + 1).split("&"))
                .filter(pair -> !OWN.contains(pair.replaceFirst("=.*", "")))
                .filter(pair -> !pair.matches("[^=]*=(env|file|vault)(:|%3[Aa]).*"))
                .sorted()
                .collect(Collectors.joining("&"));
        return location.substring(0, question) + (kept.isEmpty() ? "" : "?" + kept);
    }
}
