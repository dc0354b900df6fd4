import type { LogEntry, LoggedMeaning } from '../../api/shapes.ts';
import type { Translate } from '../../i18n.ts';
import { attributeName } from '../../parts/text/attribute-name.ts';

/** What a request meant, as a sentence: “Anna Schmidt’s department became Sales”. */
export function sentenceOf({ meaning, detail }: LogEntry, t: Translate): string {
  const sentence = beginning(coreOf(meaning, t), t);
  if (meaning.code === 'refused' && detail !== null) return `${sentence}: ${detail}`;
  return meaning.more > 0 ? t('log.meaning.more', { sentence, count: meaning.more }) : sentence;
}

/** A sentence may begin with a name, which stays as it is, or with the words for somebody without one. */
function beginning(sentence: string, t: Translate): string {
  const unnamed = [t('log.someone.User'), t('log.someone.Group'), t('log.new.User')];
  const isUnnamed = unnamed.some((words) => sentence.startsWith(words));
  return isUnnamed ? sentence.slice(0, 1).toUpperCase() + sentence.slice(1) : sentence;
}

function coreOf(meaning: LoggedMeaning, t: Translate): string {
  const kind = meaning.resourceType ?? 'User';
  const words = {
    name: meaning.name ?? t(`log.someone.${kind}`),
    member: meaning.member ?? t('log.someone.User'),
    attribute: meaning.attribute === null ? '' : attributeName(meaning.attribute, t),
    value:
      typeof meaning.value === 'boolean' ? t(meaning.value ? 'yes' : 'no') : withoutIdTails(meaning.value),
    count: meaning.count ?? 0,
  };
  switch (meaning.code) {
    case 'found':
    case 'foundNothing':
    case 'listed':
    case 'created':
    case 'deleted':
      return t(`log.meaning.${meaning.code}.${kind}`, words);
    case 'refused':
      if (meaning.wanted === null || meaning.resourceType === null) return t('log.meaning.refused.other');
      return t(`log.meaning.refused.${meaning.wanted}.${kind}`, {
        ...words,
        name: meaning.name ?? t(meaning.wanted === 'create' ? `log.new.${kind}` : `log.someone.${kind}`),
      });
    default:
      return t(`log.meaning.${meaning.code}`, words);
  }
}

/** Object ids are known by their beginnings; the whole of one stands in the details. */
function withoutIdTails(value: LoggedMeaning['value']): LoggedMeaning['value'] {
  return typeof value === 'string' ? value.replace(/([0-9a-f]{8})-[0-9a-f-]{27}/gi, '$1…') : value;
}
