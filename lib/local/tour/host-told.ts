import type { Answer } from './tour-host-commands.ts';
import type { Tally } from './tour-host-findings.ts';

/** What happened to a host. */
export type HostTold = { readonly milliseconds: number } & (
  | ({
      readonly what: 'audited';
      readonly host: string;
      readonly before?: Tally;
      readonly worst: readonly {
        readonly control: string;
        readonly severity: string;
        readonly title: string;
      }[];
    } & Tally)
  | { readonly what: 'login'; readonly user: string; readonly as: string }
  | ({ readonly what: 'command'; readonly document: string } & Answer)
);
