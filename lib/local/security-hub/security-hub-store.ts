import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { merged, type Update, updated } from './security-hub-merge.ts';

export interface SecurityHubCounts {
  /** Findings that an import stored or changed. */
  readonly imported: number;
  /** Imports that Security Hub silently ignores: `UpdatedAt` not newer than the stored one. */
  readonly ignored: number;
  readonly updated: number;
  /** Findings and calls that broke a rule. */
  readonly refused: number;
}

/** A finding as it was before and as it is now. */
export interface Imported {
  readonly finding: AwsSecurityFinding;
  readonly before: AwsSecurityFinding | undefined;
}

export interface StoreOptions {
  /** Told of each finding that an import or an update changed. */
  readonly onChange?: (change: Imported) => void;
  /** Told, in a sentence, of each rule that a caller broke. */
  readonly onRefusal?: (sentence: string) => void;
  readonly now?: () => Date;
}

/** A change of a finding's fields by a customer, as its history keeps it. */
export interface HistoryRecord {
  readonly UpdateTime: Date;
  readonly UpdateSource: { readonly Type: 'BATCH_UPDATE_FINDINGS'; readonly Identity: string };
  readonly Updates: readonly {
    readonly UpdatedField: string;
    readonly OldValue?: string;
    readonly NewValue?: string;
  }[];
}

export type Identifier = Pick<Partial<AwsSecurityFinding>, 'ProductArn' | 'Id'>;
const keyOf = ({ ProductArn, Id }: Identifier) => `${ProductArn}\n${Id}`;

/** The hub of one account and region, in memory. */
export class SecurityHubStore {
  enabledAt: Date | undefined;
  private readonly stored = new Map<string, AwsSecurityFinding>();
  private readonly histories = new Map<string, readonly HistoryRecord[]>();
  private readonly options: StoreOptions;
  private readonly counted = { imported: 0, ignored: 0, updated: 0, refused: 0 };

  constructor(options: StoreOptions = {}) {
    this.options = options;
  }

  get counts(): SecurityHubCounts {
    return { ...this.counted };
  }

  get findings(): readonly AwsSecurityFinding[] {
    return [...this.stored.values()];
  }

  now() {
    return this.options.now?.() ?? new Date();
  }

  enable() {
    this.enabledAt = this.now();
  }

  /** Disabling Security Hub loses its findings. */
  disable() {
    this.enabledAt = undefined;
    this.stored.clear();
    this.histories.clear();
  }

  find(identifier: Identifier) {
    return this.stored.get(keyOf(identifier));
  }

  refuse(sentence: string) {
    this.counted.refused += 1;
    this.options.onRefusal?.(sentence);
  }

  /** Stores a finding whose format is right. */
  import(finding: AwsSecurityFinding) {
    const before = this.find(finding);
    if (before && instant(finding) <= instant(before)) {
      this.counted.ignored += 1;
      return;
    }
    this.counted.imported += 1;
    this.put(merged(before, finding, this.now()), before);
  }

  update(identifier: Identifier, change: Update, by = '') {
    const before = this.find(identifier);
    if (!before) return false;
    this.counted.updated += 1;
    const after = updated(before, change, this.now());
    this.remember(before, after, by);
    this.put(after, before);
    return true;
  }

  /** Who changed the workflow of a finding, the latest first. */
  historyOf(identifier: Identifier): readonly HistoryRecord[] {
    return (this.histories.get(keyOf(identifier)) ?? []).toReversed();
  }

  private remember(before: AwsSecurityFinding, after: AwsSecurityFinding, by: string) {
    const [OldValue, NewValue] = [before.Workflow?.Status, after.Workflow?.Status];
    if (OldValue === NewValue) return;
    const record: HistoryRecord = {
      UpdateTime: this.now(),
      UpdateSource: { Type: 'BATCH_UPDATE_FINDINGS', Identity: by },
      Updates: [
        {
          UpdatedField: 'Workflow.Status',
          ...(OldValue === undefined ? {} : { OldValue }),
          ...(NewValue === undefined ? {} : { NewValue }),
        },
      ],
    };
    const key = keyOf(after);
    this.histories.set(key, [...(this.histories.get(key) ?? []), record]);
  }

  private put(finding: AwsSecurityFinding, before: AwsSecurityFinding | undefined) {
    this.stored.set(keyOf(finding), finding);
    this.options.onChange?.({ finding, before });
  }
}

const instant = ({ UpdatedAt }: AwsSecurityFinding) => Date.parse(UpdatedAt ?? '');
