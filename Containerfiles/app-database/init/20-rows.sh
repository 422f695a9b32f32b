echo "rows"
