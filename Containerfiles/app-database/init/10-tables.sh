echo "tables for $USER_NAME"
