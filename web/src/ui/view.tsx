// view - one record with all its fields, drawn from the schema.
import type { JSX } from 'preact';
import { href } from '../core/env';
import { instant, text } from '../core/format';
import { label, t } from '../core/i18n';
import type { Row } from '../core/records';
import { inputs, typeOf, type Field, type RecordType } from '../core/schema';
import { Chip, toneOf } from './basics';
import { refer } from './titles';

function Shown({ f, row }: { f: Field; row: Row }): JSX.Element {
	const value = row[f.name];
	const words = text(f, value, refer);
	if (f.type === 'choice') return <Chip tone={toneOf(value)}>{words}</Chip>;
	if (f.type === 'list') return <span class="tags">{(value as string[]).map((tag) => <Chip key={tag}>{tag}</Chip>)}</span>;
	const target = f.type === 'reference' ? typeOf(f.target ?? '') : undefined;
	if (target?.route) return <a href={href(`/records/${target.route}/${String(value)}`)}>{words || label(target.one)}</a>;
	if (/phone/.test(f.name)) return <a href={`tel:${words.replace(/[^+\d]/g, '')}`} dir="ltr">{words}</a>;
	return <span dir="auto" class={f.type === 'note' ? 'note' : undefined}>{words}</span>;
}

const filled = (f: Field, row: Row): boolean => {
	const value = row[f.name];
	return value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && !value.length) && !(f.type === 'json' && !Object.keys(value as object).length);
};

export function RecordView({ type, row, fields }: { type: RecordType; row: Row; fields?: Field[] }): JSX.Element {
	const list = (fields ?? inputs(type)).filter((f) => filled(f, row));
	return (
		<div class="card view">
			<dl>
				{list.map((f) => (
					<div key={f.name} class={f.type === 'note' || f.type === 'json' ? 'wide' : undefined}>
						<dt>{label(f.label)}</dt>
						<dd><Shown f={f} row={row} /></dd>
					</div>
				))}
			</dl>
			{typeof row.created_at === 'string' && (
				<p class="stamps">{t('record.created', { when: instant(row.created_at) })}{typeof row.updated_at === 'string' && row.updated_at !== row.created_at ? ` · ${t('record.updated', { when: instant(row.updated_at) })}` : ''}</p>
			)}
		</div>
	);
}
