import { isRecord } from '../../support/untyped.ts';
import type { After, DecodedCall } from '../endpoint/call.ts';

/** One message that was published to an SNS topic. */
export interface Notice {
  readonly topicArn: string;
  readonly subject?: string;
  readonly message: string;
}

/** What was said on SNS topics, in order; nobody is sent anything. */
export class Notices {
  readonly all: Notice[] = [];
  private readonly listeners = new Set<(notice: Notice) => void>();

  readonly after: After = (call, { status }) => {
    if (call.service !== 'sns' || status >= 300) return;
    for (const notice of noticesIn(call)) {
      this.all.push(notice);
      for (const listener of this.listeners) listener(notice);
    }
  };

  /** Tells of each message from now on; returns what ends that. */
  on(listener: (notice: Notice) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

const noticesIn = ({ operation, input }: DecodedCall): readonly Notice[] => {
  const { TopicArn, PublishBatchRequestEntries: entries } = input;
  if (operation === 'Publish') return [noticeOf(TopicArn, input)];
  if (operation !== 'PublishBatch' || !Array.isArray(entries)) return [];
  return entries.filter(isRecord).map((entry) => noticeOf(TopicArn, entry));
};

const noticeOf = (
  topicArn: unknown,
  { Subject, Message }: Readonly<Record<string, unknown>>,
): Notice => ({
  topicArn: String(topicArn),
  ...(typeof Subject === 'string' && { subject: Subject }),
  message: String(Message),
});
