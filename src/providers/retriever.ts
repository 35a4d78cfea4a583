import { Document, type DocumentInterface } from '@langchain/core/documents';
import { BaseRetriever, type BaseRetrieverInput } from '@langchain/core/retrievers';
import type { PartialDate, Retrieve, SearchOptions, Span } from '../types.ts';

/** What a retrieved document says about its origin; `span` are UTF-16 offsets into the article's body. */
export interface PassageMetadata {
  readonly passageId: string;
  readonly key: string;
  readonly articleId: string;
  readonly path: string;
  readonly title: string;
  readonly date?: PartialDate;
  readonly source?: string;
  readonly url?: string;
  readonly span: Span;
  /** 0..1, higher is better. */
  readonly score: number;
}

/** Retrieves passages inside any LangChain chain: `pageContent` is the passage, letter for letter; best first. */
export class PassageRetriever extends BaseRetriever<PassageMetadata> {
  override lc_namespace = ['fundstelle', 'retrievers'];
  readonly #retrieve: Retrieve;
  readonly #options: SearchOptions;

  constructor(retrieve: Retrieve, options: SearchOptions = {}, fields?: BaseRetrieverInput) {
    super(fields);
    this.#retrieve = retrieve;
    this.#options = options;
  }

  override async _getRelevantDocuments(question: string): Promise<DocumentInterface<PassageMetadata>[]> {
    const { passages } = await this.#retrieve(question, this.#options);
    return passages.map(({ passage, article, score }) => {
      const { path, title, date, source, url } = article;
      return new Document<PassageMetadata>({
        id: passage.id,
        pageContent: passage.text,
        metadata: {
          passageId: passage.id,
          key: passage.key,
          articleId: article.id,
          path,
          title,
          span: passage.span,
          score,
          ...(date !== undefined && { date }),
          ...(source !== undefined && { source }),
          ...(url !== undefined && { url }),
        },
      });
    });
  }
}
