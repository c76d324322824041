// house-health - how the server is, and whether its log is whole.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get, post } from '../core/api';
import { instant, since } from '../core/format';
import { number, t } from '../core/i18n';
import { Button, Card, Chip, Notice, Skeleton, Title } from '../ui/basics';
import { complain } from '../ui/toast';

interface Store {
	name: string;
	database: string;
	bytes: number;
	revision: number;
	revision_name: string;
	entries: number;
	waiting: number;
	full: boolean;
	away: boolean;
}
interface Health {
	version: string;
	started_at: string;
	stores: Store[];
	audit: { verified_at: string; findings: number } | null;
}

const size = (bytes: number): string => (bytes < 1e6 ? `${number(bytes / 1e3, 0)} kB` : bytes < 1e9 ? `${number(bytes / 1e6, 1)} MB` : `${number(bytes / 1e9, 1)} GB`);
const names: Record<string, 'nav.record' | 'nav.clinic'> = { personal: 'nav.record', clinic: 'nav.clinic' };
const Fact = ({ name, children }: { name: string; children: string }): JSX.Element => <div><dt>{name}</dt><dd dir="auto">{children}</dd></div>;

export default function HealthPage(): JSX.Element {
	const [health, setHealth] = useState<Health | null>(null);
	const [busy, setBusy] = useState(false);
	const load = (): Promise<void> => get<Health>('/house/health').then(setHealth, complain);
	useEffect(() => {
		void load();
		const timer = setInterval(() => { if (!document.hidden) void load(); }, 15000);
		return () => clearInterval(timer);
	}, []);
	const verify = async (): Promise<void> => {
		setBusy(true);
		await post('/house/audit/verify').then(load, complain);
		setBusy(false);
	};
	return (
		<div class="narrow">
			<Title icon="pulse">{t('house.health')}</Title>
			{!health ? <Skeleton /> : (
				<div class="stack">
					<Card title="Charthouse" icon="home">
						<dl class="facts"><Fact name={t('house.version')}>{health.version}</Fact><Fact name={t('house.since')}>{`${instant(health.started_at)} (${since(health.started_at)})`}</Fact></dl>
					</Card>
					{health.stores.map((s) => (
						<Card key={s.name} title={names[s.name] ? t(names[s.name]!) : s.name} icon="clipboard" action={<Chip tone={s.full || s.away ? 'bad' : 'good'}>{t(s.full ? 'house.full' : s.away ? 'house.away' : 'house.good')}</Chip>}>
							<dl class="facts">
								<Fact name={t('house.database')}>{s.database === 'sqlite' ? 'SQLite' : 'PostgreSQL'}</Fact>
								<Fact name={t('house.size')}>{size(s.bytes)}</Fact>
								<Fact name={t('house.revision')}>{`${s.revision}, ${s.revision_name}`}</Fact>
								<Fact name={t('house.entries')}>{number(s.entries)}</Fact>
								<Fact name={t('house.waiting')}>{number(s.waiting)}</Fact>
							</dl>
						</Card>
					))}
					<Card title={t('house.audit')} icon="shield">
						<p class="soft">{t('house.auditText')}</p>
						{health.audit
							? <Notice tone={health.audit.findings ? 'bad' : 'good'}>{health.audit.findings ? t('house.findings', { n: health.audit.findings }) : t('house.clean')} {t('house.verified', { when: instant(health.audit.verified_at) })}</Notice>
							: <p><Chip>{t('house.unverified')}</Chip></p>}
						<div class="buttons"><Button kind="main" busy={busy} onClick={() => void verify()}>{t('house.verify')}</Button></div>
					</Card>
				</div>
			)}
		</div>
	);
}
