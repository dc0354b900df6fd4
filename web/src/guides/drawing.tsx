import type { ReactNode } from 'react';
import { useTranslation } from '../i18n.ts';
import { type DrawingName, type Form, say } from './guide.ts';

const matching = {
  title: say('Attribute mapping', 'Attributzuordnung'),
  columns: [
    say('Microsoft Entra ID', 'Microsoft Entra ID'),
    say('customappsso', 'customappsso'),
    say('Matching precedence', 'Rangfolge für Abgleich'),
  ],
};

const matchingRows = [
  ['objectId', 'externalId', '1'],
  ['userPrincipalName', 'userName', ''],
  ['mail', 'emails[type eq "work"].value', ''],
] as const;

const features = ['Create Users', 'Update User Attributes', 'Deactivate Users'] as const;

/** A sketch of the page of the identity provider on which a step happens, with what matters marked by a number. */
export function Drawing({ name, form }: { name: DrawingName; form: Form | undefined }) {
  const { t } = useTranslation();
  if (name === 'matching') return <Matching />;
  if (name === 'features') {
    return (
      <Sketch label={t('drawing.features')} title="To App">
        <div className="sketch-features">
          {features.map((feature) => (
            <span key={feature}>
              <span className="sketch-tick">✓</span>
              {feature}
            </span>
          ))}
          <Mark number={1} />
        </div>
      </Sketch>
    );
  }
  return form === undefined ? null : <Credentials form={form} />;
}

function Credentials({ form }: { form: Form }) {
  const { t, language } = useTranslation();
  const [title, url, token, test] = [form.title, form.url, form.token, form.test].map(
    (words) => words[language],
  );
  return (
    <Sketch label={t('drawing.credentials', { url, token, test })} title={title ?? ''}>
      <Field number={1} label={url ?? ''} value="https://…/scim/v2" />
      <Field number={2} label={token ?? ''} value={`${form.tokenPrefix ?? ''}••••••••••••`} />
      <div className="sketch-field">
        <span className="sketch-button">{test}</span>
        <Mark number={3} />
      </div>
    </Sketch>
  );
}

function Matching() {
  const { t, language } = useTranslation();
  const precedence = matching.columns[2]?.[language] ?? '';
  return (
    <Sketch label={t('drawing.matching')} title={matching.title[language]}>
      <div className="sketch-row sketch-dim">
        {matching.columns.map((column) => (
          <span key={column.en}>{column[language]}</span>
        ))}
      </div>
      {matchingRows.map(([source, target, rank], at) => (
        <div key={source} className={at === 0 ? 'sketch-row marked' : 'sketch-row'}>
          <span>{source}</span>
          <span>{target}</span>
          <span>
            {rank !== '' && <span className="sketch-narrow">{precedence} </span>}
            {rank}
          </span>
          {at === 0 && <Mark number={1} />}
        </div>
      ))}
    </Sketch>
  );
}

function Sketch({ label, title, children }: { label: string; title: string; children: ReactNode }) {
  return (
    <div role="img" aria-label={label} className="sketch">
      <div className="sketch-title">{title}</div>
      {children}
    </div>
  );
}

function Field({ number, label, value }: { number: number; label: string; value: string }) {
  return (
    <div className="sketch-field">
      <span className="sketch-dim">{label}</span>
      <span className="sketch-input">{value}</span>
      <Mark number={number} />
    </div>
  );
}

function Mark({ number }: { number: number }) {
  return <span className="sketch-number">{number}</span>;
}
