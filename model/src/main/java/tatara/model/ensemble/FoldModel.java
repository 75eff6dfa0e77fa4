package tatara.model.ensemble;

/** What one fold trained. */
public record FoldModel(Encoder encoder, Scorer scorer) {}
