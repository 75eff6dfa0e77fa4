package tatara.serve.journal;

/**
 * What became of a batch of labels; {@code stored + changed + unchanged} is their number.
 *
 * @param stored new ids
 * @param changed ids whose label was another before: the newest counts
 * @param unchanged ids that had this label already
 * @param unknown of all, ids that were not given for a prediction of the model; they are stored all the same
 */
public record FeedbackReceipt(int stored, int changed, int unchanged, int unknown) {}
