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
  /**
   * Ids that Security Hub writes and its publisher does not have: parts of a requirement, by its id, or what is no requirement,
   * by an empty text.
   */
  readonly parts?: Readonly<Record<string, string>>;
  /** Its requirements that are those of another framework, by id there. */
  readonly as?: { readonly framework: string; readonly ids: Readonly<Record<string, string>> };
  /**
   * A published crosswalk: requirements of another framework that answer one of this in part; the one of the same id, where
   * none are named.
   */
  readonly through?: {
    readonly framework: string;
    readonly ids?: Readonly<Record<string, readonly string[]>>;
  };
  /** Controls by requirement, where controls do not say so themselves. */
  readonly controls?: Readonly<Record<string, readonly string[]>>;
  /** Controls on manifests by requirement, which answer it as those do. */
  readonly manifests?: Readonly<Record<string, readonly string[]>>;
  /** Controls on manifests by requirement: they answer it beside those, or in their place where only files were checked. */
  readonly declared?: Readonly<Record<string, readonly string[]>>;
}

const wordsIn = (text: string): readonly string[] => text.split(/\s+/).filter((one) => one !== '');

interface Written extends Omit<FrameworkData, 'requirements' | 'as' | 'through' | 'controls'> {
  readonly rows: readonly {
    readonly kind: Kind;
    readonly level?: string;
    /** Parted by blanks. */
    readonly ids: string;
  }[];
  /** `here=there`, parted by blanks. */
  readonly as?: {
    readonly framework: string;
    readonly ids: string;
    /** By requirement there, as that framework itself has them. */
    readonly controls?: FrameworkData['controls'];
  };
  /** Ids there by requirement, parted by blanks. */
  readonly through?: {
    readonly framework: string;
    readonly ids?: Readonly<Record<string, string>>;
  };
  /** Ids of controls, parted by blanks. */
  readonly controls?: Readonly<Record<string, string>>;
}

const pairsIn = (text: string): readonly (readonly [here: string, there: string])[] =>
  wordsIn(text).map((pair) => {
    const [here = '', there = ''] = pair.split('=');
    return [here, there];
  });

/** Controls by requirement, its own and those of the requirements that it has from another framework. */
const controlsBy = ({ as, controls = {} }: Pick<Written, 'as' | 'controls'>) => {
  const borrowed = pairsIn(as?.ids ?? '').flatMap(([here, there]) => {
    const listed = as?.controls?.[there];
    return listed ? [[here, listed] as const] : [];
  });
  const own = Object.entries(controls).map(([id, listed]) => [id, wordsIn(listed)] as const);
  return Object.fromEntries([...borrowed, ...own]);
};

/** A framework from lists of ids. */
export const defineFramework = ({
  rows,
  as,
  through,
  controls,
  ...framework
}: Written): FrameworkData => ({
  ...framework,
  ...(through && {
    through: {
      framework: through.framework,
      ...(through.ids && {
        ids: Object.fromEntries(
          Object.entries(through.ids).map(([id, there]) => [id, wordsIn(there)]),
        ),
      }),
    },
  }),
  requirements: rows.flatMap(({ ids, ...row }) => wordsIn(ids).map((id) => ({ id, ...row }))),
  ...(as && { as: { framework: as.framework, ids: Object.fromEntries(pairsIn(as.ids)) } }),
  ...((as?.controls ?? controls) && {
    controls: controlsBy({ ...(as && { as }), ...(controls && { controls }) }),
  }),
});
