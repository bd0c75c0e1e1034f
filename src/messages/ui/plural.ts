// Counts in a sentence: "1 field", "2,000 fields".
const number = new Intl.NumberFormat('en');

export const counted = (count: number) => number.format(count);

export const plural = (count: number, one: string, many: string) => `${counted(count)} ${count === 1 ? one : many}`;
