import { useI18n } from '@/i18n';
import type { DigitCountView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { formatCount } from '@/shared/format';

const WIDTH = 360;
const HEIGHT = 168;
const FLOOR = HEIGHT - 14;

/** Seen digits as bars, expected ones as a line across each; the numbers stand in the table beneath. */
export function BenfordChart({ digits }: { digits: DigitCountView[] }) {
  const { t, locale } = useI18n();
  const most = Math.max(1, ...digits.map(({ seen, expected }) => Math.max(seen, expected)));
  const step = WIDTH / digits.length;
  const height = (count: number) => (count / most) * (FLOOR - 4);
  const named = digits.length <= 9 ? digits : digits.filter(({ standsOut }) => standsOut);
  return (
    <figure className="benford">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="benford-chart" aria-hidden="true">
        {digits.map(({ digit, seen, expected, standsOut }, at) => (
          <g key={digit} transform={`translate(${at * step} 0)`}>
            <rect
              className={standsOut ? 'benford-bar benford-bar-out' : 'benford-bar'}
              x={step * 0.18}
              width={step * 0.64}
              y={FLOOR - height(seen)}
              height={height(seen)}
            />
            <line
              className="benford-line"
              x1={step * 0.06}
              x2={step * 0.94}
              y1={FLOOR - height(expected)}
              y2={FLOOR - height(expected)}
            />
            {(digits.length <= 9 || digit % 10 === 0) && (
              <text className="benford-digit" x={step / 2} y={HEIGHT - 3} textAnchor="middle">
                {digit}
              </text>
            )}
          </g>
        ))}
      </svg>
      <figcaption className="benford-caption">
        <span className="benford-key benford-key-seen" aria-hidden />
        {t('anomalies.benford.seen')}
        <span className="benford-key benford-key-expected" aria-hidden />
        {t('anomalies.benford.expected')}
      </figcaption>
      <table className="table table-inset benford-table" data-testid="benford-table">
        <caption className="sr-only">{t('anomalies.benford.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('anomalies.benford.digit')}</th>
            <th scope="col" className="right">
              {t('anomalies.benford.seen')}
            </th>
            <th scope="col" className="right">
              {t('anomalies.benford.expected')}
            </th>
            <th scope="col" className="right">
              {t('anomalies.benford.sum')}
            </th>
          </tr>
        </thead>
        <tbody>
          {named.map(({ digit, seen, expected, sum, standsOut }) => (
            <tr key={digit} className={standsOut ? 'benford-out' : undefined}>
              <td className="num">{digit}</td>
              <td className="right num">{formatCount(seen, locale)}</td>
              <td className="right num">{formatCount(expected, locale)}</td>
              <td className="right">
                <Amount amount={sum} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
