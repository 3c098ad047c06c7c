/** What the queue of results is told. */
export type HostMessage =
  | {
      readonly news: 'answered';
      readonly host: string;
      readonly command: string;
      readonly document: string;
      readonly requestedAt: string;
    }
  | { readonly news: 'terminated'; readonly host: string }
  /** A person's word on it counts from now on. */
  | { readonly news: 'review'; readonly host: string }
  | { readonly news: 'silent'; readonly host: string; readonly since: string }
  /** An action changes the host: its verdict is awaited from then on. */
  | {
      readonly news: 'awaited';
      readonly host: string;
      readonly action: string;
      readonly since: string;
    }
  /** An action has to wait: it is to be asked for again. */
  | {
      readonly news: 'waits';
      readonly host: string;
      readonly action: string;
      readonly controls: readonly string[];
      readonly askedBy: 'drift' | 'backlog';
      readonly since: string;
      readonly tries: number;
      /** What keeps it, for the log. */
      readonly why: string;
    }
  /** The answers to what the action sent should have come by now. */
  | { readonly news: 'overdue'; readonly host: string; readonly action: string };
