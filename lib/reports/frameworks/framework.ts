/** Who answers a requirement: a control, a person, or both. */
export type Kind = 'automated' | 'manual' | 'shared';

/** A requirement as the data has it: which controls answer it the controls say themselves. */
export interface Row {
  readonly id: string;
  readonly kind: Kind;
  readonly level?: string;
  /** In our words; of the frameworks that are built in only ids may be passed on. */
  readonly title?: string;
}
/** What only the framework can say: its requirements, their sections, and which of them people answer. */
export interface FrameworkData {
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  readonly url: string;
  /** Where the ids come from. */
  readonly source: string;
  /** Day on which the source was what it is here. */
  readonly date: string;
  /** Whether it has more requirements than are listed here: those that a control names are added. @default false */
  readonly isOpen?: boolean;
  /** What hosts run that it is about, as they say it: `debian 12`. @default - it is about more than hosts */
  readonly system?: string;
  /** Titles by the beginning of the ids that they hold. */
  readonly sections: Readonly<Record<string, string>>;
  readonly requirements: readonly Row[];
  /** Its requirements that are those of another framework, by id there. */
  readonly as?: { readonly framework: string; readonly ids: Readonly<Record<string, string>> };
  /** Controls by requirement, where controls do not say so themselves. */
  readonly controls?: Readonly<Record<string, readonly string[]>>;
}

const wordsIn = (text: string): readonly string[] => text.split(/\s+/).filter((one) => one !== '');

interface Written extends Omit<FrameworkData, 'requirements' | 'as' | 'controls'> {
  readonly rows: readonly {
    readonly kind: Kind;
    readonly level?: string;
    /** Parted by blanks. */
    readonly ids: string;
  }[];
  /** `here=there`, parted by blanks. */
  readonly as?: { readonly framework: string; readonly ids: string };
  /** Ids of controls, parted by blanks. */
  readonly controls?: Readonly<Record<string, string>>;
}

/** A framework from lists of ids. */
export const defineFramework = ({ rows, as, controls, ...framework }: Written): FrameworkData => ({
  ...framework,
  requirements: rows.flatMap(({ ids, ...row }) => wordsIn(ids).map((id) => ({ id, ...row }))),
  ...(as && {
    as: {
      framework: as.framework,
      ids: Object.fromEntries(
        wordsIn(as.ids).map((pair) => {
          const [here = '', there = ''] = pair.split('=');
          return [here, there];
        }),
      ),
    },
  }),
  ...(controls && {
    controls: Object.fromEntries(
      Object.entries(controls).map(([id, listed]) => [id, wordsIn(listed)]),
    ),
  }),
});
