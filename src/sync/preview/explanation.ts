import { type ReasonView, worded } from '../wording/change-view.ts';
import type { ShownDecision } from './preview-cache.ts';
import { memberName } from '../../member-directory/fields/member-name.ts';
import type { Person } from '../decision/person.ts';
import type { ShownReason, StepReason } from '../decision/reason.ts';
import { shownReason } from '../wording/shown-reason.ts';
import type { Language } from '../../errors/sentence.ts';
import type { SyncPolicy } from '../policy/sync-policy.ts';

/** The steps of the reasoning about one person, in order. */
export const explanationSteps = ['received', 'linked', 'mapped', 'decided'] as const;

export type ExplanationStep = ReasonView & { step: (typeof explanationSteps)[number] };

/** The whole reasoning about one person: what arrived, which member it is, what was mapped, what follows. */
export function explain(
  person: Person,
  decision: ShownDecision,
  policy: SyncPolicy,
  language: Language,
): ExplanationStep[] {
  const reasons: Record<ExplanationStep['step'], ShownReason> = {
    received: received(person),
    linked: linked(person, decision),
    mapped: mapped(person, policy),
    decided: shownReason(decision),
  };
  return explanationSteps.map((step) => ({ step, ...worded(reasons[step], language) }));
}

function received({ directoryUser }: Person): StepReason {
  if (directoryUser === null) return { code: 'received-deleted', params: {} };
  const { userName, externalId, version, active, lacksRole } = directoryUser;
  return {
    code: active ? 'received-active' : lacksRole ? 'received-without-role' : 'received-inactive',
    params: { userName, externalId, version },
  };
}

function linked(person: Person, decision: ShownDecision): StepReason {
  const member = person.member ?? decision.member;
  if (decision.kind === 'conflict') return { code: 'found-conflict', params: {} };
  if (decision.kind === 'create' || member === null) return { code: 'found-nobody', params: {} };
  const { origin } = decision;
  const isNamed = origin === 'returner' || origin === 'same-email' || origin === 'linked-by-admin';
  const params = { member: memberName(member), memberId: member.id };
  return { code: isNamed ? `found-${origin}` : 'found-stored-link', params };
}

function mapped({ mapped: values }: Person, policy: SyncPolicy): StepReason {
  if (values === null) return { code: 'mapped-nothing', params: {} };
  const given = [...Object.values(values.fields), ...Object.values(values.properties), values.manager];
  const count = given.filter((value) => value !== null && value !== undefined).length;
  const problems = values.problems.length === 0 ? {} : { problems: values.problems };
  return { code: 'mapped-attributes', params: { version: policy.mappingVersion, count, ...problems } };
}
