"""The engine: deliveries as columns, the lake of Parquet files, the comparison; no Django."""
