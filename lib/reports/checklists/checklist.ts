import type { FrameworkData, Kind } from '../frameworks/framework.ts';

interface Item {
  readonly id: string;
  readonly title: string;
  /** Parted by blanks. @default - no control answers it yet */
  readonly controls?: string;
  /** Controls on manifests, parted by blanks. @default - none */
  readonly declared?: string;
  /** Who answers it. @default automated */
  readonly kind?: Kind;
}

/** A checklist is a framework whose requirements have titles of ours. */
export const defineChecklist = (
  id: string,
  title: string,
  date: string,
  items: Readonly<Record<string, readonly Item[]>>,
): FrameworkData => {
  const all = Object.values(items).flat();
  const wordsIn = (text = '') => text.split(/\s+/).filter((one) => one !== '');
  return {
    id,
    title,
    publisher: 'Plumbline',
    url: '',
    source: 'Plumbline',
    date,
    sections: Object.fromEntries(
      Object.entries(items).map(([section, [first]]) => [first?.id.split('.')[0] ?? '', section]),
    ),
    requirements: all.map(({ id: item, title: said, kind = 'automated' }) => ({
      id: item,
      title: said,
      kind,
    })),
    controls: Object.fromEntries(all.map((item) => [item.id, wordsIn(item.controls)])),
    declared: Object.fromEntries(
      all.flatMap(({ id: item, declared }) =>
        declared === undefined ? [] : [[item, wordsIn(declared)]],
      ),
    ),
  };
};
