import { Embeddings } from '@langchain/core/embeddings';
import type { Analyse } from './analyse.ts';
import { detectLanguage } from './detect.ts';
import { createEncoder, type Encode } from './encode.ts';
import type { LanguageModel } from './model.ts';

export { createEncoder, type Encode } from './encode.ts';

/** The built-in model as LangChain embeddings; a class because LangChain asks for one. */
class BuiltInEmbeddings extends Embeddings {
  private readonly analyse: Analyse;
  private readonly encode: Encode;

  constructor(analyse: Analyse, encode: Encode) {
    super({});
    this.analyse = analyse;
    this.encode = encode;
  }

  override async embedQuery(text: string): Promise<number[]> {
    return Array.from(this.encode(this.analyse(text, detectLanguage(text))));
  }

  override async embedDocuments(texts: string[]): Promise<number[][]> {
    return Promise.all(texts.map((text) => this.embedQuery(text)));
  }
}

/**
 * Embeddings of German and English texts in one space, for LangChain: vectors of `model.dimensions` numbers and length 1.
 * A text without a word that the model knows gets all zeros. Questions and documents are embedded alike.
 */
export const createBuiltInEmbeddings = (model: LanguageModel, analyse: Analyse): Embeddings =>
  new BuiltInEmbeddings(analyse, createEncoder(model));
