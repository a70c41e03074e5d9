/** What is asked: words that may name files, the URLs of pictures beside them, and the model that is to answer. */
export interface Question {
  text: string;
  pictures: readonly string[];
  model: string | undefined;
}
