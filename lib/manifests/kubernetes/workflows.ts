import { type Field, firstSet } from '../model/field.ts';
import { Listed, over, PutTogether } from '../model/put-together.ts';

/** A pod as somebody writes it. */
export interface WrittenPod {
  readonly metadata: Field;
  readonly spec: Field;
  /** It ends by itself. @default - its object is a Job */
  readonly isJob?: true;
}
interface Declaring {
  readonly apiVersion: string;
  readonly kind: string;
  readonly root: Field;
}

/** Pods that others define, and whose parts stand in several places of an object. */
type Reader = (root: Field) => readonly WrittenPod[];

const all = (place: Field, ...fields: readonly Field[]): Field =>
  new Listed(
    place,
    fields.filter(({ isSet }) => isSet),
  );
const items = (...lists: readonly Field[]): readonly Field[] =>
  lists.flatMap((list) => list.items());

/** The templates of a workflow, also those that stand in the steps of another one. */
const templatesIn = (template: Field): readonly Field[] => {
  const steps = items(...template.get('steps').items());
  const inner = [...steps, ...template.get('dag', 'tasks').items()].map((one) => one.get('inline'));
  return [template, ...inner.filter(({ isSet }) => isSet).flatMap(templatesIn)];
};

/** What a template of Argo says counts before what its workflow says. https://argo-workflows.readthedocs.io/en/latest/fields/ */
const argoPod = (own: Field, spec: Field): readonly WrittenPod[] => {
  const template = over(own, spec.get('templateDefaults'));
  const containers = [
    template.get('container'),
    template.get('script'),
    ...items(template.get('containerSet', 'containers'), template.get('sidecars')),
  ].filter(({ isSet }) => isSet);
  const starts = template.get('initContainers');
  if (containers.length === 0 && starts.items().length === 0) return [];
  const either = (name: string) => firstSet(template.get(name), spec.get(name));
  const made = new PutTogether(own, {
    containers: all(own, ...containers),
    initContainers: starts,
    volumes: all(own, ...items(spec.get('volumes'), template.get('volumes'))),
    hostNetwork: spec.get('hostNetwork'),
    securityContext: either('securityContext'),
    serviceAccountName: either('serviceAccountName'),
    automountServiceAccountToken: either('automountServiceAccountToken'),
  });
  return [{ metadata: template.get('metadata'), spec: made, isJob: true }];
};
const argo =
  (...steps: readonly string[]): Reader =>
  (root) => {
    const spec = root.get(...steps);
    return items(spec.get('templates'))
      .flatMap(templatesIn)
      .flatMap((template) => argoPod(template, spec));
  };

/** A step with what its template says; limits are called otherwise since v1. https://tekton.dev/docs/pipelines/tasks/ */
const stepOf = (own: Field, template: Field): Field => {
  const step = over(own, template);
  const parts = Object.fromEntries(step.keys.map((key) => [key, step.get(key)]));
  const resources = firstSet(step.get('computeResources'), step.get('resources'));
  const context = step.get('securityContext');
  return new PutTogether(own, { ...parts, securityContext: context, resources });
};
/** The pod of a task with what its run says of it. https://tekton.dev/docs/pipelines/podtemplates/ */
const tektonPod = (task: Field, run: Field, place = task): readonly WrittenPod[] => {
  const steps = items(task.get('steps'))
    .filter((step) => !step.get('ref').isSet)
    .map((step) => stepOf(step, task.get('stepTemplate')));
  const containers = [...steps, ...task.get('sidecars').items()];
  if (containers.length === 0 && !run.isSet) return [];
  const said = Object.fromEntries(run.keys.map((key) => [key, run.get(key)]));
  const spec = new PutTogether(place, {
    ...said,
    securityContext: run.get('securityContext'),
    containers: all(place, ...containers),
    volumes: all(place, ...items(task.get('volumes'), run.get('volumes'))),
  });
  return [{ metadata: task.get('metadata'), spec, isJob: true }];
};
const tasksIn = (pipeline: Field): readonly Field[] =>
  items(pipeline.get('tasks'), pipeline.get('finally'))
    .map((task) => task.get('taskSpec'))
    .filter(({ isSet }) => isSet);
const ofRun: Reader = (root) => {
  const spec = root.get('spec');
  return tektonPod(spec.get('taskSpec'), spec.get('podTemplate'), spec);
};
const ofPipelineRun: Reader = (root) => {
  const spec = root.get('spec');
  const run = firstSet(spec.get('taskRunTemplate', 'podTemplate'), spec.get('podTemplate'));
  const tasks = tasksIn(spec.get('pipelineSpec'));
  const none = spec.get('taskSpec');
  return [
    ...tasks.flatMap((task) => tektonPod(task, run)),
    ...(tasks.length === 0 ? tektonPod(none, run, spec) : []),
    ...items(spec.get('taskRunSpecs')).flatMap((one) =>
      tektonPod(none, firstSet(one.get('podTemplate'), one.get('taskPodTemplate')), one),
    ),
  ];
};
/** One step, which tasks take by its name. */
const ofAction: Reader = (root) => {
  const step = root.get('spec');
  const containers = all(step, stepOf(step, step.get('stepTemplate')));
  const spec = new PutTogether(step, { containers });
  return [{ metadata: step.get('metadata'), spec, isJob: true }];
};

const readers: Readonly<Record<string, Readonly<Record<string, Reader>>>> = {
  'argoproj.io': {
    Workflow: argo('spec'),
    WorkflowTemplate: argo('spec'),
    ClusterWorkflowTemplate: argo('spec'),
    CronWorkflow: argo('spec', 'workflowSpec'),
  },
  'tekton.dev': {
    Task: (root) => tektonPod(root.get('spec'), root.get('spec', 'podTemplate')),
    ClusterTask: (root) => tektonPod(root.get('spec'), root.get('spec', 'podTemplate')),
    TaskRun: ofRun,
    Pipeline: (root) =>
      tasksIn(root.get('spec')).flatMap((task) => tektonPod(task, task.get('podTemplate'))),
    PipelineRun: ofPipelineRun,
    StepAction: ofAction,
  },
};

/** The pods that a workflow of Argo or a task of Tekton makes; `undefined` for anything else. */
export const podsOfWorkflow = ({
  apiVersion,
  kind,
  root,
}: Declaring): readonly WrittenPod[] | undefined => {
  const [group = ''] = apiVersion.split('/', 1);
  const kinds = Object.hasOwn(readers, group) ? readers[group] : undefined;
  return kinds && Object.hasOwn(kinds, kind) ? kinds[kind]?.(root) : undefined;
};

/** What changes a pod, or makes another object, by a text that is not read. */
export const unreadInWorkflow = ({ apiVersion, root }: Declaring): readonly Field[] => {
  if (!apiVersion.startsWith('argoproj.io/')) return [];
  const specs = [root.get('spec'), root.get('spec', 'workflowSpec')];
  const templates = specs.flatMap((spec) => items(spec.get('templates')).flatMap(templatesIn));
  return [
    ...specs.map((spec) => spec.get('podSpecPatch')),
    ...specs.map((spec) => spec.get('templateDefaults', 'podSpecPatch')),
    ...templates.flatMap((one) => [one.get('podSpecPatch'), one.get('resource', 'manifest')]),
  ].filter(({ isSet }) => isSet);
};
