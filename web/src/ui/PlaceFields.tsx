import { Chip, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { toLatinDigits } from '@/lib/format';
import { SURFACES, type Surface, surfaceLetter, surfaceName } from '@/lib/surfaces';
import { isTooth } from '@/lib/teeth';
import classes from './PlaceFields.module.css';

interface PlaceFieldsProps {
  tooth: string;
  surfaces: Surface[];
  onTooth: (tooth: string) => void;
  onSurfaces: (surfaces: Surface[]) => void;
  needsTooth: boolean;
  /** Whether surfaces are asked for, and whether they have to be given. */
  takesSurfaces: boolean;
  needsSurfaces?: boolean;
  toothError?: string | undefined;
  surfacesError?: string | undefined;
}

/** The tooth by its number, its surfaces by the letters they have on that tooth. */
export function PlaceFields(props: PlaceFieldsProps) {
  const { t } = useTranslation(['common', 'charting']);
  const known = isTooth(props.tooth);
  return (
    <div className={classes.place}>
      <TextInput
        label={t('place.tooth')}
        value={props.tooth}
        onChange={(event) => props.onTooth(toLatinDigits(event.currentTarget.value).replace(/\D/g, ''))}
        error={props.toothError}
        required={props.needsTooth}
        maxLength={2}
        inputMode="numeric"
        autoComplete="off"
        placeholder="16"
        className={classes.tooth}
      />
      {props.takesSurfaces && (
        <fieldset className={classes.surfaces} disabled={!known}>
          <legend>
            {t('place.surfaces')}
            {props.needsSurfaces && (
              <span className={classes.required} aria-hidden>
                {' *'}
              </span>
            )}
          </legend>
          <Chip.Group
            multiple
            value={props.surfaces}
            onChange={(chosen) => props.onSurfaces(SURFACES.filter((one) => chosen.includes(one)))}
          >
            <div className={classes.chips} dir="ltr">
              {SURFACES.map((surface) => {
                const tooth = known ? props.tooth : '16';
                const name = t(`charting:surface.${surfaceName(surface, tooth)}`);
                return (
                  <Chip
                    key={surface}
                    value={surface}
                    size="sm"
                    radius="sm"
                    variant="outline"
                    disabled={!known}
                    aria-label={name}
                    title={name}
                  >
                    {surfaceLetter(surface, tooth)}
                  </Chip>
                );
              })}
            </div>
          </Chip.Group>
          {props.surfacesError && (
            <p className={classes.fieldError} role="alert">
              {props.surfacesError}
            </p>
          )}
        </fieldset>
      )}
    </div>
  );
}
