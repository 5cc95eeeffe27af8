/** A sentence of the server with its times of day written as the page writes them. */
export function withTimes(sentence: string, time: (local: string) => string): string {
  return sentence.replace(/(?<![\d:.])(?:[01]\d|2[0-3]):[0-5]\d(?![\d:])/g, time);
}
