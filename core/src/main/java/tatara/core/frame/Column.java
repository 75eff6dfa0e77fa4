package tatara.core.frame;

/** One column of a {@link Frame}. Immutable by contract: arrays handed in or out are not to be changed. Thread-safe. */
public sealed interface Column permits NumberColumn, TextColumn, TimeColumn {
    int size();

    boolean isMissing(int row);

    Kind kind();
}
