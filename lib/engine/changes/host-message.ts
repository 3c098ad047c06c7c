/** What the queue of results is told. */
export type HostMessage =
  | {
      readonly type: 'answered';
      readonly host: string;
      readonly command: string;
      readonly document: string;
      readonly requestedAt: string;
    }
  | { readonly type: 'terminated'; readonly host: string }
  /** A person's word on it counts from now on. */
  | { readonly type: 'review'; readonly host: string }
  | { readonly type: 'silent'; readonly host: string; readonly since: string }
  /** An action changes the host: its verdict is awaited from then on. */
  | {
      readonly type: 'awaited';
      readonly host: string;
      readonly action: string;
      readonly since: string;
    }
  /** An action has to wait: it is to be asked for again. */
  | {
      readonly type: 'waits';
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
  | { readonly type: 'overdue'; readonly host: string; readonly action: string };
