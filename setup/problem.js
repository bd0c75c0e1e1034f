// What stops the set-up: one sentence for the person, and what mends it.
export class Problem extends Error {
  constructor(sentence, mend) {
    super(sentence);
    this.mend = `${mend}, then run the same command again.`;
  }
}
