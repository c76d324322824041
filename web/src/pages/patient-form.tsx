// patient-form - a new patient of the practice, or other particulars of one.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ApiError } from '../core/api';
import { t } from '../core/i18n';
import type { PageProps } from '../core/pages';
import type { Row } from '../core/records';
import { back, go } from '../core/router';
import { inputs } from '../core/schema';
import { Skeleton, Title } from '../ui/basics';
import { ask } from '../ui/dialog';
import { RecordForm } from '../ui/form';
import { chartOf } from '../ui/practice';
import { Missing } from '../ui/shell';
import { complain, tell } from '../ui/toast';
import { can, chartPath, clinicType, Desk, fieldsOf, named, read, seenOf, send, type Patient } from './clinic';
import { change } from './faster';

function Page({ mrn }: { mrn: string | undefined }): JSX.Element {
	const [row, setRow] = useState<Patient | null>(null);
	useEffect(() => {
		if (mrn) read<Patient>(`/patients/${encodeURIComponent(mrn)}`).then(setRow, complain);
	}, [mrn]);
	useEffect(() => {
		if (!row) return undefined;
		chartOf.value = { mrn: row.mrn, name: named(row), dob: row.dob };
		return () => { chartOf.value = null; };
	}, [row]);
	if (!can('patients', 'write')) return <Missing />;
	if (mrn && !row) return <Skeleton lines={8} />;
	const type = clinicType('patients');
	const names = inputs(type).map((f) => f.name).filter((name) => name !== 'mrn');
	const store = async (body: Record<string, unknown>): Promise<void> => {
		if (mrn) return change(seenOf('patients', `/patients/${encodeURIComponent(mrn)}`, row!), body, () => go(chartPath(mrn), true));
		let made: Patient;
		try {
			made = await send<Patient>('POST', '/patients', body);
		} catch (error) {
			if (!(error instanceof ApiError) || error.status !== 409 || !(await ask(t('clinic.twin'), t('clinic.twinText'), t('clinic.twinYes'), false))) throw error;
			made = await send<Patient>('POST', '/patients', { ...body, confirm_new: true });
		}
		await go(chartPath(made.mrn), true);
		return tell(t('form.saved'));
	};
	return (
		<div class="narrow">
			<Title icon="person">{row ? named(row) : t('clinic.newPatient')}</Title>
			<RecordForm type={type} row={row as unknown as Row | null} fields={fieldsOf(type, names)} draft={`clinic.patient.${mrn ?? 'new'}`} onSave={store} onCancel={() => back(mrn ? chartPath(mrn) : '/clinic/patients')} />
		</div>
	);
}

export default ({ params }: PageProps): JSX.Element => <Desk>{() => <Page mrn={params.mrn} />}</Desk>;
