CREATE OR REPLACE VIEW catalog.v_service AS
SELECT id, name_fr, name_en, category, roles, suits, needs, everyone, connector, second_factor FROM catalog.service WHERE NOT retired;
