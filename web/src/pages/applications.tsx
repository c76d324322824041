// applications - the programs and agents that may ask the practice: what for, how often,
// when last; their secrets are shown once.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ApiError } from '../core/api';
import { since } from '../core/format';
import { label, t } from '../core/i18n';
import { Button, Card, Chip, Empty, Input, Notice, Select, Skeleton, Title } from '../ui/basics';
import { ask, Dialog } from '../ui/dialog';
import { Missing } from '../ui/shell';
import { complain, tell, wordsFor } from '../ui/toast';
import { can, Desk, read, seenOf, send, type Paged, type Thing } from './clinic';
import { amend, change, type Seen } from './faster';
import { useTyped } from './typed';

interface Client {
	client_id: string;
	app_id: string;
	app_name: string;
	role: string;
	description: string | null;
	contact_email: string | null;
	is_active: boolean;
	last_used: string | null;
	rate_limit: number;
	patient_mrn: string | null;
	scopes: string[];
	has_api_key: boolean;
}
interface Shown {
	name: string;
	rows: [string, string][];
}

const things: (Thing | '*')[] = ['*', 'patients', 'providers', 'appointments', 'medications', 'allergies', 'vitals', 'labs', 'clients'];
const thingName = (thing: string): string => {
	switch (thing) {
	case '*': return t('clinic.everything');
	case 'patients': return t('clinic.patients');
	case 'providers': return t('clinic.providers');
	case 'appointments': return t('clinic.appointments');
	case 'clients': return t('clinic.applications');
	case 'labs': return label('Lab Results');
	default: return label(thing[0]!.toUpperCase() + thing.slice(1));
	}
};
const scopeName = (scope: string): string => `${t(scope.startsWith('write') ? 'clinic.writes' : 'clinic.reads')}: ${thingName(scope.split(':')[1] ?? '')}`;
const roles = ['doctor', 'nurse', 'patient', 'admin', 'system'] as const;
const roleName = (role: string): string => (role === 'patient' ? t('clinic.patient') : t(`clinic.${role as 'doctor' | 'nurse' | 'admin' | 'system'}`));

// What can be read this one time.
function Secrets({ shown, onClose }: { shown: Shown; onClose: () => void }): JSX.Element {
	return (
		<Dialog title={shown.name} onClose={onClose} class="sheet">
			<Notice>{t('clinic.secretText')}</Notice>
			<dl class="clinic-facts secrets">
				{shown.rows.map(([name, value]) => (
					<div key={name}><dt>{name}</dt><dd><code>{value}</code><Button small onClick={() => void navigator.clipboard.writeText(value).then(() => tell(t('clinic.copied')), complain)}>{t('clinic.copy')}</Button></dd></div>
				))}
			</dl>
			<div class="buttons"><Button kind="main" onClick={onClose}>{t('close')}</Button></div>
		</Dialog>
	);
}

const seenOfClient = (c: Client): Seen => seenOf('oauth_clients', `/clients/${encodeURIComponent(c.client_id)}`, c);

function Editing({ client, onSaved, onClose }: { client: Client | null; onSaved: (made: (Client & { client_secret?: string }) | null) => void; onClose: () => void }): JSX.Element {
	const { v, set: setV, done, told } = useTyped(`clinic.app.${client?.client_id ?? 'new'}`, { app_id: client?.app_id ?? '', app_name: client?.app_name ?? '', role: client?.role ?? 'doctor', contact_email: client?.contact_email ?? '', rate_limit: String(client?.rate_limit ?? 1000), patient_mrn: client?.patient_mrn ?? '', description: client?.description ?? '', scopes: client?.scopes ?? [] });
	const { scopes } = v;
	const [errors, setErrors] = useState<Record<string, string>>({});
	const [words, setWords] = useState('');
	const submit = async (event: Event): Promise<void> => {
		event.preventDefault();
		setErrors({});
		setWords('');
		const body = { ...v, rate_limit: Number(v.rate_limit), contact_email: v.contact_email.trim() || null, description: v.description.trim() || null, patient_mrn: v.role === 'patient' ? v.patient_mrn.trim() : null };
		try {
			const made = client ? (await amend<Client>(seenOfClient(client), body))?.row ?? null : await send<Client>('POST', '/clients', body);
			done();
			onSaved(made);
			onClose();
		} catch (error) {
			setErrors(error instanceof ApiError ? error.fields : {});
			setWords(error instanceof ApiError && Object.keys(error.fields).length ? t('form.wrong', { n: Object.keys(error.fields).length }) : wordsFor(error));
		}
	};
	const field = (name: Exclude<keyof typeof v, 'scopes'>, text: string, required = false, type = 'text'): JSX.Element => <Input id={`a-${name}`} label={text} type={type} value={v[name]} onInput={(value) => setV({ ...v, [name]: value })} error={errors[name]} required={required} />;
	const flip = (scope: string): void => setV({ ...v, scopes: scopes.includes(scope) ? scopes.filter((s) => s !== scope) : [...scopes, scope] });
	return (
		<Dialog title={client?.app_name ?? t('clinic.newApp')} onClose={onClose} class="sheet broad">
			<form class="stack" noValidate onSubmit={(e) => void submit(e)}>
				{told}
				{words && <Notice tone="bad">{words}</Notice>}
				<div class="fields">
					{field('app_name', t('clinic.app_name'), true)}
					{field('app_id', t('clinic.app_id'), true)}
					<Select id="a-role" label={t('clinic.role')} value={v.role} options={roles.map((r) => [r, roleName(r)])} onPick={(role) => setV({ ...v, role })} />
					{v.role === 'patient' && field('patient_mrn', t('clinic.patient_mrn'), true)}
					{field('rate_limit', t('clinic.rate_limit'), false, 'number')}
					{field('contact_email', label('Contact'), false, 'email')}
					{field('description', label('Description'))}
				</div>
				<fieldset class="scopes"><legend>{t('clinic.scopes')}</legend>
					<table class="grid-table"><thead><tr><th scope="col"><span class="hidden">{t('clinic.scopes')}</span></th><th scope="col">{t('clinic.reads')}</th><th scope="col">{t('clinic.writes')}</th></tr></thead>
						<tbody>{things.map((thing) => <tr key={thing}><th scope="row">{thingName(thing)}</th>{['read', 'write'].map((way) => <td key={way}><label class="check"><input type="checkbox" aria-label={scopeName(`${way}:${thing}`)} checked={scopes.includes(`${way}:${thing}`)} onChange={() => flip(`${way}:${thing}`)} /></label></td>)}</tr>)}</tbody></table>
					{errors.scopes && <p class="error">{errors.scopes}</p>}
				</fieldset>
				<div class="buttons"><Button onClick={onClose}>{t('cancel')}</Button><Button type="submit" kind="main" icon="check">{t('save')}</Button></div>
			</form>
		</Dialog>
	);
}

function Page(): JSX.Element {
	const [list, setList] = useState<Client[] | null>(null);
	const [open, setOpen] = useState<Client | 'new' | null>(null);
	const [shown, setShown] = useState<Shown | null>(null);
	const load = (): Promise<void> => read<Paged<Client>>('/clients?limit=200').then((answer) => setList(answer.items), complain);
	useEffect(() => { if (can('clients', 'read')) void load(); }, []);
	if (!can('clients', 'read')) return <Missing />;
	const at = (c: Client, rest = ''): string => `/clients/${encodeURIComponent(c.client_id)}${rest}`;
	const secret = async (c: Client, way: 'rotate' | 'key'): Promise<void> => {
		const name = t(way === 'rotate' ? 'clinic.rotate' : 'clinic.newKey');
		if ((way === 'rotate' || c.has_api_key) && !(await ask(`${name}: ${c.app_name}`, t('clinic.rotateText'), name))) return;
		try {
			const answer = await send<{ client_secret?: string; api_key?: string }>('POST', at(c, `/${way}`));
			setShown({ name: c.app_name, rows: way === 'rotate' ? [[t('clinic.clientId'), c.client_id], [t('clinic.secret'), answer.client_secret ?? '']] : [[t('clinic.apiKey'), answer.api_key ?? '']] });
			await load();
		} catch (error) {
			complain(error);
		}
	};
	const act = (doing: Promise<unknown>): void => void doing.then(load).then(() => tell(t('form.saved')), complain);
	const dropKey = async (c: Client): Promise<void> => {
		if (await ask(`${t('clinic.dropKey')}: ${c.app_name}`, t('clinic.rotateText'), t('clinic.dropKey'))) act(send('DELETE', at(c, '/key')));
	};
	const disable = async (c: Client): Promise<void> => {
		if (!c.is_active || (await ask(`${t('clinic.disable')}: ${c.app_name}`, t('clinic.disableText'), t('clinic.disable')))) await change(seenOfClient(c), { is_active: !c.is_active }, load).catch(complain);
	};
	return (
		<>
			<Title icon="key" aside={<Button kind="main" icon="plus" onClick={() => setOpen('new')}>{t('clinic.newApp')}</Button>}>{t('clinic.applications')}</Title>
			{!list ? <Skeleton lines={6} /> : !list.length ? <Empty icon="key" title={t('home.none')} /> : (
				<div class="stack">
					{list.map((c) => (
						<Card key={c.client_id} title={c.app_name} icon="key" action={<Chip tone={c.is_active ? 'good' : 'bad'}>{c.is_active ? label('Active') : t('clinic.disabled')}</Chip>}>
							<dl class="clinic-facts">
								<div class="client-id"><dt>{t('clinic.clientId')}</dt><dd><code>{c.client_id}</code></dd></div>
								<div><dt>{t('clinic.role')}</dt><dd>{roleName(c.role)}{c.patient_mrn ? ` · ${c.patient_mrn}` : ''}</dd></div>
								<div><dt>{t('clinic.rate_limit')}</dt><dd>{c.rate_limit ? String(c.rate_limit) : t('clinic.unlimited')}</dd></div>
								<div><dt>{t('clinic.lastUsed')}</dt><dd>{c.last_used ? since(c.last_used) : t('clinic.never')}</dd></div>
								<div><dt>{t('clinic.apiKey')}</dt><dd>{t(c.has_api_key ? 'yes' : 'no')}</dd></div>
							</dl>
							<ul class="clinic-chips" aria-label={t('clinic.scopes')}>{c.scopes.map((s) => <li key={s}><Chip>{scopeName(s)}</Chip></li>)}</ul>
							<div class="buttons">
								<Button small kind="quiet" onClick={() => void disable(c)}>{t(c.is_active ? 'clinic.disable' : 'clinic.enable')}</Button>
								{c.has_api_key && <Button small kind="quiet" onClick={() => void dropKey(c)}>{t('clinic.dropKey')}</Button>}
								<Button small onClick={() => void secret(c, 'key')}>{t('clinic.newKey')}</Button>
								<Button small onClick={() => void secret(c, 'rotate')}>{t('clinic.rotate')}</Button>
								<Button small icon="edit" onClick={() => setOpen(c)}>{t('edit')}</Button>
							</div>
						</Card>
					))}
				</div>
			)}
			{open && (
				<Editing client={open === 'new' ? null : open} onClose={() => setOpen(null)} onSaved={(made) => {
					void load();
					if (!made) return;
					if (made.client_secret) setShown({ name: made.app_name, rows: [[t('clinic.clientId'), made.client_id], [t('clinic.secret'), made.client_secret]] });
					else tell(t('form.saved'));
				}} />
			)}
			{shown && <Secrets shown={shown} onClose={() => setShown(null)} />}
		</>
	);
}

export default (): JSX.Element => <Desk>{() => <Page />}</Desk>;
