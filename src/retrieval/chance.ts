/**
 * What unrelated text gains on a question as an index grows: among more passages the best by chance is better. On articles of
 * XQuAD and the invented news in indexes of 4 to 130 passages the scores of questions about something else rose by 0.012 to 0.022 each
 * time that the passages became e times as many; those of questions with an answer did not.
 */
const perLogarithm = 0.015;
/** Passages of the indexes that `relevanceMiddle` and `SentenceWeights.middle` hold for. */
const fittedPassages = 5;

/** To be taken off a score before it is judged; negative in a smaller index than the weights were fitted to. */
export const chanceAmong = (passages: number): number =>
  perLogarithm * Math.log(Math.max(1, passages) / fittedPassages);
