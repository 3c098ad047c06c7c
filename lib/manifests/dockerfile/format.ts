import { kept } from '../../support/once.ts';
import type { Collection, Declared, Format } from '../check/format.ts';
import type { Subject } from '../model/subject.ts';
import { recognised } from './recognised.ts';
import { shippedBy, stagesOf } from './stages.ts';

const reader = kept(() => import('./read.ts'));

const begin = (): Collection => {
  const all = new Map<string, Declared>();
  return {
    async add(source) {
      const { readDockerfile } = await reader();
      const read = readDockerfile(source);
      const stages = stagesOf(read);
      const whole = {
        document: read.document,
        within: [],
        remarks: undefined,
        labels: {},
        exposed: undefined,
      };
      const subjects: readonly Subject[] = [
        {
          ...whole,
          name: 'image',
          type: 'image of a Dockerfile',
          at: ['stage', stages.length - 1],
          models: { dockerImage: { stages: shippedBy(stages.at(-1)) } },
        },
        ...stages.map((stage, index) => ({
          ...whole,
          name: `stage/${stage.name}`,
          type: 'stage of a Dockerfile',
          at: ['stage', index],
          models: { dockerStage: stage },
        })),
      ];
      all.set(source.path, { file: source.file, subjects, remarks: [], resources: stages.length });
    },
    declared: () => [...all.values()],
  };
};

/** Dockerfiles, and Containerfiles, which are the same. */
export const dockerfile: Format = {
  ...recognised,
  begin,
  async edited(text, changes) {
    const { editDockerfile } = await import('./edit.ts');
    return editDockerfile(text, changes.get(0) ?? []);
  },
};
