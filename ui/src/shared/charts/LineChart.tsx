import { type KeyboardEvent, type MouseEvent, useId, useState } from 'react';
import { useI18n } from '@/i18n';
import { formatDate } from '../format';
import { axisFor, placesOf, segmentsOf } from './scale';
import { useWidth } from './useWidth';
import './charts.css';

/** A line: a value for each day, `null` where none is known. */
export interface Series {
  key: string;
  label: string;
  values: readonly (number | null)[];
  /** How it is drawn, so that lines are told apart without their colours. */
  stroke: 'solid' | 'dashed';
}

interface LineChartProps {
  /** What the chart shows, for screen readers. */
  label: string;
  /** ISO dates, oldest first. */
  days: readonly string[];
  series: readonly Series[];
  /** A value as people read it. */
  format: (value: number) => string;
  /** A line that values are held against. */
  limit?: { value: number; label: string };
  /** Top of the axis; without it the highest value decides. */
  top?: number;
  /** What a press on a day shows: how it is called, and what does it. */
  choose?: { label: string; onChoose: (day: string) => void };
  testId?: string;
}

const HEIGHT = 148;
const LEFT = 44;
const RIGHT = 10;
const TOP = 10;
const BOTTOM = 22;

interface Frame {
  width: number;
  x: (place: number) => number;
  y: (value: number) => number;
}

function Axis({
  frame,
  marks,
  format,
}: {
  frame: Frame;
  marks: number[];
  format: (value: number) => string;
}) {
  return (
    <g className="line-axis">
      {marks.map((mark) => (
        <g key={mark}>
          <line x1={LEFT} x2={frame.width - RIGHT} y1={frame.y(mark)} y2={frame.y(mark)} />
          <text x={LEFT - 6} y={frame.y(mark) + 4} textAnchor="end">
            {format(mark)}
          </text>
        </g>
      ))}
    </g>
  );
}

function Line({ series, frame, places }: { series: Series; frame: Frame; places: number[] }) {
  const points = series.values.map((value, index) =>
    value === null ? null : { x: frame.x(places[index] ?? 0), y: frame.y(value) },
  );
  const known = points.filter((point) => point !== null);
  const few = known.length <= 40;
  return (
    <g className={`line-series line-${series.stroke}`}>
      {segmentsOf(points).map((segment) => (
        <polyline
          key={segment[0]?.x ?? 0}
          points={segment.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')}
        />
      ))}
      {(few ? known : known.slice(-1)).map(({ x, y }) => (
        <circle key={x} cx={x} cy={y} r={2.75} />
      ))}
    </g>
  );
}

interface Drawing {
  props: LineChartProps;
  frame: Frame;
  places: number[];
  marks: number[];
  cursor: number | null;
}

function Canvas({ props, frame, places, marks, cursor }: Drawing) {
  const { locale } = useI18n();
  const { days, series, format, limit } = props;
  const { width } = frame;
  const single = days.length === 1;
  const at = cursor === null ? null : frame.x(places[cursor] ?? 0);
  const day = (index: number) => formatDate(days.at(index) ?? '', locale);
  return (
    <>
      <Axis frame={frame} marks={marks} format={format} />
      {limit && (
        <line
          className="line-limit"
          x1={LEFT}
          x2={width - RIGHT}
          y1={frame.y(limit.value)}
          y2={frame.y(limit.value)}
        />
      )}
      {at !== null && <line className="line-cursor" x1={at} x2={at} y1={TOP} y2={HEIGHT - BOTTOM} />}
      {series.map((one) => (
        <Line key={one.key} series={one} frame={frame} places={places} />
      ))}
      <g className="line-axis">
        <text x={single ? frame.x(0.5) : LEFT} y={HEIGHT - 5} textAnchor={single ? 'middle' : 'start'}>
          {day(0)}
        </text>
        {!single && (
          <text x={width - RIGHT} y={HEIGHT - 5} textAnchor="end">
            {day(-1)}
          </text>
        )}
      </g>
    </>
  );
}

/** The values of a day in words, with what each line looks like. */
function Words({ props, shown, id }: { props: LineChartProps; shown: number; id: string }) {
  const { locale } = useI18n();
  const { days, series, format, limit, choose, testId } = props;
  const value = (one: Series) => one.values[shown] ?? null;
  return (
    <figcaption id={id} className="line-words" aria-live="polite">
      <span className="line-day">{formatDate(days[shown] ?? '', locale)}</span>
      {series.map((one) => {
        const known = value(one);
        return (
          <span key={one.key} className={`line-key line-${one.stroke}`}>
            <svg width="18" height="8" aria-hidden focusable="false">
              <line x1="0" x2="18" y1="4" y2="4" />
            </svg>
            {one.label}
            <strong className="num">{known === null ? '–' : format(known)}</strong>
          </span>
        );
      })}
      {limit && (
        <span className="line-key">
          <svg width="18" height="8" aria-hidden focusable="false">
            <line className="line-limit" x1="0" x2="18" y1="4" y2="4" />
          </svg>
          {limit.label}
        </span>
      )}
      {choose && (
        <button
          type="button"
          className="link line-choose"
          onClick={() => choose.onChoose(days[shown] ?? '')}
          data-testid={testId && `${testId}-show`}
        >
          {choose.label}
        </button>
      )}
    </figcaption>
  );
}

function frameOf(width: number, top: number): Frame {
  return {
    width,
    x: (place) => LEFT + 4 + place * Math.max(width - LEFT - RIGHT - 8, 1),
    y: (value) => TOP + (1 - Math.min(value / top, 1)) * (HEIGHT - TOP - BOTTOM),
  };
}

/** Lines over days, with a cursor that the mouse and the arrow keys move, and its values in words below. */
export function LineChart(props: LineChartProps) {
  const { label, days, series, limit, top, choose, testId } = props;
  const [ref, width] = useWidth();
  const [cursor, setCursor] = useState<number | null>(null);
  const id = useId();
  const values = series.flatMap((one) => one.values.filter((value) => value !== null));
  const axis = axisFor(top ?? Math.max(0, limit?.value ?? 0, ...values));
  const places = placesOf(days);
  const frame = frameOf(width, axis.top);
  const last = days.length - 1;
  const shown = Math.min(cursor ?? last, last);

  function nearest(event: MouseEvent<SVGSVGElement>): number {
    const at = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const far = (index: number) => Math.abs(frame.x(places[index] ?? 0) - at);
    return days.reduce((best, _, index) => (far(index) < far(best) ? index : best), 0);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const to: Record<string, number> = { ArrowLeft: shown - 1, ArrowRight: shown + 1, Home: 0, End: last };
    const next = to[event.key];
    if (event.key === 'Enter' && choose) {
      event.preventDefault();
      choose.onChoose(days[shown] ?? '');
    } else if (next !== undefined) {
      event.preventDefault();
      setCursor(Math.max(0, Math.min(last, next)));
    }
  }

  return (
    <figure
      ref={ref}
      className="line-chart"
      data-testid={testId}
      // The cursor stays while the focus goes on to the button below.
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) {
          setCursor(null);
        }
      }}
    >
      <section
        className="line-canvas"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move the cursor over the days
        tabIndex={0}
        aria-label={label}
        aria-describedby={id}
        onKeyDown={onKeyDown}
      >
        <svg
          width={width}
          height={HEIGHT}
          aria-hidden
          focusable="false"
          className={choose ? 'line-press' : undefined}
          onPointerMove={(event) => setCursor(nearest(event))}
          onClick={(event) => choose?.onChoose(days[nearest(event)] ?? '')}
          onPointerLeave={() => setCursor(null)}
        >
          <Canvas
            props={props}
            frame={frame}
            places={places}
            marks={axis.marks}
            cursor={cursor === null ? null : shown}
          />
        </svg>
      </section>
      <Words props={props} shown={shown} id={id} />
    </figure>
  );
}
